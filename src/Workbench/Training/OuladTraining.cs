using LStep.Domain.Predicting;
using LStep.Prediction;
using LStep.Silo;

namespace LStep.Workbench.Training;

/// <summary>
/// The starting model, trained and judged on presentations of OULAD: on days up to 112 of some learners, and from day 140 on of others.
/// </summary>
public sealed class OuladTraining
{
    private const int TrainUntil = 112;
    private const int TestFrom = 140;
    private const int Every = 7;

    /// <summary>What is done before models of one course are judged on another.</summary>
    private const double BegunShare = 0.8;

    private readonly IReadOnlyList<OuladLearners> presentations;
    private readonly Dictionary<TrainingRow, OuladLearners> origins = new(ReferenceEqualityComparer.Instance);
    private readonly TrainingSettings settings;

    public OuladTraining(IReadOnlyList<OuladLearners> presentations, int bags, int threads)
    {
        this.presentations = presentations;
        foreach (var presentation in presentations)
            foreach (var row in presentation.Rows(Every))
                // As in the data's own labels, which end 28 days before the data do.
                if (row.Silent15To28 is not null) origins.Add(row, presentation);
        settings = new TrainingSettings
        {
            Clock = DayOf, TrainUntil = TrainUntil, TestFrom = TestFrom, Bags = bags, Threads = threads, Extended = true,
            Source = "starting model", MadeAt = MachineClock.Instance.GetUtcNow(),
            Provenance = "Open University Learning Analytics Dataset (OULAD), presentations "
                + string.Join(" and ", presentations.Select(each => each.Course))
                + ": Kuzilek J., Hlosta M., Zdrahal Z., Sci. Data 4:170171 (2017), doi:10.1038/sdata.2017.171",
            Licence = "CC BY 4.0 (the data; changes: two presentations, mapped to events)",
            Note = "Trained on days up to 112 of a course and judged from day 140 on. Learners of two courses of one "
                + "university are not yours: train on your own history once there is enough of it.",
        };
    }

    public int Rows => origins.Count;

    public (ModelCard Card, TrainingResult Result) Train(
        IProgress<TrainingProgress> progress,
        Action<IEnumerable<(string Target, string Course, int Day, TestPrediction Prediction)>> exported,
        CancellationToken cancel)
    {
        var result = Trainer.Train([.. origins.Keys], settings, new Begun(progress), cancel);
        exported(Named(Target.Silent14.Name, result.Predictions)
            .Concat(result.Others.SelectMany(other => Named(other.Key, other.Value))).ToList());
        var card = result.Card with { Targets = result.Card.Targets.AddRange(CourseToCourse(progress, cancel)) };
        return (card, result);
    }

    private List<CardTarget> CourseToCourse(IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        var targets = new List<CardTarget>();
        var pairs = presentations.SelectMany(from => presentations.Where(to => to != from), (from, to) => (from, to)).ToList();
        foreach (var (at, (from, to)) in pairs.Index())
        {
            var share = BegunShare + (1 - BegunShare) * at / pairs.Count;
            progress.Report(new TrainingProgress(Math.Round(share, 3), $"from {from.Course} to {to.Course}"));
            var predictions = Trainer.TrainOn([.. RowsOf(from)], [.. RowsOf(to)], settings, cancel);
            var target = Target.Silent14 with
            {
                Name = $"silent_14 {from.Course} to {to.Course}",
                Population = $"every enrolled learner of {to.Course}, all days, by a model of {from.Course} alone",
            };
            if (CardTargets.Of(target, predictions) is { } judged) targets.Add(judged);
        }
        return targets;
    }

    private IEnumerable<(string, string, int, TestPrediction)> Named(string target, IEnumerable<TestPrediction> predictions) =>
        predictions.Select(one => (target, origins[one.Row].Course, DayOf(one.Row), one));

    private IEnumerable<TrainingRow> RowsOf(OuladLearners presentation) =>
        origins.Where(one => one.Value == presentation).Select(one => one.Key);

    private int DayOf(TrainingRow row) => row.Day.DayNumber - origins[row].DayZero.DayNumber;

    private sealed class Begun(IProgress<TrainingProgress> whole) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => whole.Report(value with { Share = Math.Round(value.Share * BegunShare, 3) });
    }
}
