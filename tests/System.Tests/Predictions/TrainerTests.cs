using LStep.Domain.Predicting;
using LStep.Prediction;

namespace LStep.System.Tests.Predictions;

public sealed class TrainerTests
{
    /// <summary>Who was silent long falls silent mostly; the rest of the numbers mean nothing.</summary>
    private static List<TrainingRow> Rows(int learners)
    {
        var random = new Random(11);
        var rows = new List<TrainingRow>();
        for (var learner = 0; learner < learners; learner++)
            for (var week = 0; week < 20; week++)
            {
                var features = new float[Features.Count];
                for (var at = 0; at < features.Length; at++) features[at] = random.Next(20);
                var silent = random.NextDouble() < (features[0] > 12 ? 0.8 : 0.1);
                rows.Add(new TrainingRow(
                    $"l-{learner}", new DateOnly(2026, 1, 1).AddDays(7 * week), week, null, features, silent, features[0] < 7, silent,
                    false, (int)features[0]));
            }
        return rows;
    }

    private static TrainingSettings Settings(IReadOnlyList<TrainingRow> rows) =>
        TrainingSettings.ByDate(rows)! with { Bags = 1, Folds = 2, Threads = 1 };

    [Fact]
    public void A_training_finds_what_there_is_to_find_says_how_far_it_is_and_comes_out_the_same_again()
    {
        var rows = Rows(120);
        var told = new List<double>();
        var result = Trainer.Train(rows, Settings(rows), new Told(told));
        var target = result.Card.Targets[0];
        Assert.Equal("silent_14", target.Name);
        Assert.True(target.Auc.Value > 0.75, $"AUC {target.Auc.Value}");
        Assert.True(target.Accuracy.Value > target.AlwaysNo.Value);
        Assert.All(result.Predictions, one => Assert.InRange(one.Probability, 0, 1));
        Assert.All(result.Predictions, one => Assert.True(one.Row.Day.DayNumber >= Settings(rows).TestFrom));
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);
        var again = Trainer.Train(rows, Settings(rows));
        Assert.Equal(result.Model.Write(), again.Model.Write());
        Assert.Equal(result.Predictions.Select(one => one.Probability), again.Predictions.Select(one => one.Probability));
    }

    [Fact]
    public void Silence_weighs_most_in_its_contributions()
    {
        var rows = Rows(120);
        var model = Trainer.Train(rows, Settings(rows)).Model;
        var contributions = model.Contributions(rows.First(row => row.Features[0] == 19).Features);
        Assert.Equal(0, contributions.MaxBy(one => Math.Abs(one.LogOdds))!.Feature);
    }

    [Fact]
    public void Too_few_rows_are_refused_with_the_reason()
    {
        var rows = Rows(5);
        var refused = Assert.Throws<TooLittleToTrainException>(() => Trainer.Train(rows, Settings(rows)));
        Assert.Contains("learners", refused.Message, StringComparison.Ordinal);
        Assert.Null(TrainingSettings.ByDate([.. rows.Where(row => row.CourseWeek < 3)]));
    }

    [Fact]
    public void It_stops_when_asked_to()
    {
        var rows = Rows(120);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Trainer.Train(rows, Settings(rows), new Stopping(stop), stop.Token));
    }

    [Fact]
    public void The_starting_model_is_of_the_features_of_this_version_and_says_where_it_comes_from()
    {
        var (model, card) = (StartingModel.Live, StartingModel.Card);
        Assert.Equal(StartingModel.Number, model.Number);
        Assert.Equal<string>(Features.Names, model.Model.Names);
        Assert.Equal<Feature>(Features.All, card.Features);
        Assert.Equal(Features.Names, card.Spreads.Select(spread => spread.Feature));
        Assert.Contains("CC BY 4.0", card.Licence, StringComparison.Ordinal);
        Assert.Contains("Kuzilek", card.Provenance, StringComparison.Ordinal);
        Assert.Equal(StartingModel.CardText.TrimEnd(), StartingModel.Write(card));
    }

    private sealed class Told(List<double> shares) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => shares.Add(value.Share);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Share > 0.1) stop.Cancel();
        }
    }
}
