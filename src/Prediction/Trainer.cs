using System.Collections.Immutable;
using System.Diagnostics;
using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>Trains a model on rows of learners, and judges it on later days of learners that it has not seen.</summary>
public static class Trainer
{
    const double SearchShare = 0.2;
    const double FinalShare = 0.15;

    /// <summary>Of a run that judges other targets too, the share that is done before them.</summary>
    const double OthersFrom = 0.55;

    /// <summary>Takes minutes.</summary>
    /// <exception cref="TooLittleToTrainException">The rows are too few, or all had the same outcome.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static TrainingResult Train(
        IReadOnlyList<TrainingRow> rows, TrainingSettings settings, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancel = default) => new TrainingRun(settings, progress, cancel).Train(rows);

    /// <summary>
    /// One set of rows to train on and another to judge, such as one course and another: the same search, curve and yardsticks, without
    /// folds, since no learner is in both.
    /// </summary>
    public static IReadOnlyList<TestPrediction> TrainOn(
        IReadOnlyList<TrainingRow> rows, IReadOnlyList<TrainingRow> judged, TrainingSettings settings,
        CancellationToken cancel = default) =>
        new TrainingRun(settings, null, cancel).TrainOn(rows, judged);

    sealed class TrainingRun(TrainingSettings settings, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        readonly Fits fits = new(settings.Threads, settings.RestPerFit, cancel);
        readonly Stopwatch watch = Stopwatch.StartNew();

        public TrainingResult Train(IReadOnlyList<TrainingRow> rows)
        {
            var known = rows.Where(row => row.Silent14 is not null).ToList();
            var earlier = known.Where(row => settings.Clock(row) <= settings.TrainUntil).ToList();
            var judged = known.Where(IsJudged).ToList();
            var labelled = Labelled(Target.Silent14, earlier);
            Require(labelled);
            if (judged.Count == 0) throw new TooLittleToTrainException("No row lies in the time that the model would be judged on.");
            var search = new Search(fits, settings);
            var recipes = search.Choose(labelled, share => Tell(share * SearchShare, "choosing how the trees are grown"));
            var judgedBy = settings.Extended ? OthersFrom : 1 - FinalShare;
            var predictions = Cross(Target.Silent14, earlier, judged, recipes, settings.Bags, SearchShare, judgedBy);
            var others = settings.Extended ? Others(rows, recipes) : [];
            Tell(1 - FinalShare, "growing the model of all rows");
            var model = new Calibrated(fits, settings).Fit(Labelled(Target.Silent14, known), recipes, settings.Bags);
            Tell(1, "done");
            return new TrainingResult(model, Card(known, earlier, judged, search, recipes, predictions, others), predictions)
            {
                Others = others,
            };
        }

        public List<TestPrediction> TrainOn(IReadOnlyList<TrainingRow> rows, IReadOnlyList<TrainingRow> judged)
        {
            var labelled = Labelled(Target.Silent14, rows);
            Require(labelled);
            var recipes = new Search(fits, settings).Choose(labelled, _ => { });
            return Predicted(labelled, [.. judged.Where(row => row.Silent14 is not null)], recipes, settings.Bags);
        }

        Dictionary<string, IReadOnlyList<TestPrediction>> Others(IReadOnlyList<TrainingRow> rows, IReadOnlyList<Recipe> recipes)
        {
            var found = new Dictionary<string, IReadOnlyList<TestPrediction>>(StringComparer.Ordinal);
            Target[] targets = [Target.Silent15To28, Target.Cancelled14];
            foreach (var (at, target) in targets.Index())
            {
                var (from, to) = (ShareAt(at), ShareAt(at + 1));
                var known = rows.Where(row => row.Silent14 is not null && target.Outcome(row) is not null).ToList();
                var earlier = known.Where(row => settings.Clock(row) <= settings.TrainUntil).ToList();
                var judged = known.Where(IsJudged).ToList();
                if (judged.Count > 0 && Calibrated.HasBoth(Labelled(target, earlier)))
                    found[target.Name] = Cross(target, earlier, judged, recipes, 1, from, to);
            }
            return found;
            double ShareAt(int at) => OthersFrom + (1 - FinalShare - OthersFrom) * at / targets.Length;
        }

        bool IsJudged(TrainingRow row) =>
            settings.Clock(row) >= settings.TestFrom && settings.Clock(row) % settings.JudgedEvery == 0;

        /// <summary>Each learner by a model that was trained on the others.</summary>
        List<TestPrediction> Cross(
            Target target, List<TrainingRow> earlier, List<TrainingRow> judged, IReadOnlyList<Recipe> recipes, int bags, double from,
            double to)
        {
            var predictions = new List<TestPrediction>();
            for (var fold = 0; fold < settings.Folds; fold++)
            {
                Tell(from + (to - from) * fold / settings.Folds, $"judging {target.Name}, part {fold + 1} of {settings.Folds}");
                var others = Labelled(target, [.. earlier.Where(row => Folds.Of(row, settings.Folds) != fold)]);
                var own = judged.Where(row => Folds.Of(row, settings.Folds) == fold).ToList();
                if (own.Count == 0 || !Calibrated.HasBoth(others)) continue;
                predictions.AddRange(Predicted(others, own, recipes, bags));
            }
            return predictions;
        }

        List<TestPrediction> Predicted(List<Labelled> rows, List<TrainingRow> judged, IReadOnlyList<Recipe> recipes, int bags)
        {
            var model = new Calibrated(fits, settings).Fit(rows, recipes, bags);
            var logistic = fits.Logistic(rows)(judged);
            return [.. judged.Select((row, at) => new TestPrediction(
                row, Math.Round(model.Probability(row.Features), 6), Math.Round(1 / (1 + Math.Exp(-logistic[at])), 6)))];
        }

        ModelCard Card(
            List<TrainingRow> known, List<TrainingRow> earlier, List<TrainingRow> judged, Search search, IReadOnlyList<Recipe> recipes,
            List<TestPrediction> predictions, Dictionary<string, IReadOnlyList<TestPrediction>> others)
        {
            ImmutableArray<CardTarget> targets =
            [
                .. ((Target[])[Target.Silent14, Target.Silent14OfActive])
                    .Select(target => CardTargets.Of(target, predictions)).OfType<CardTarget>(),
                .. ((Target[])[Target.Silent15To28, Target.Cancelled14])
                    .Select(target => others.TryGetValue(target.Name, out var own) ? CardTargets.Of(target, own) : null)
                    .OfType<CardTarget>(),
            ];
            var parameters = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
            foreach (var (at, recipe) in recipes.Index()) parameters[$"ensemble {at + 1}"] = $"{recipe}; {settings.Bags} seeds";
            foreach (var (name, auc) in search.Found) parameters[$"inner split: {name}"] = $"AUC {auc:F4}";
            parameters["folds of learners"] = settings.Folds.ToString();
            return new ModelCard(
                0, settings.Source, settings.MadeAt, settings.Provenance, settings.Licence,
                "gradient boosted trees, averaged; isotonic calibration", parameters.ToImmutable(), Features.All, Span(known), Span(judged),
                targets, Math.Round(watch.Elapsed.TotalSeconds, 1),
                $"Judged by models trained on {earlier.Count} earlier rows, each without the learners it judged; "
                    + "the model itself is grown from all rows." + (settings.Note.Length > 0 ? " " + settings.Note : ""))
            {
                Spreads = Watching.Spreads([.. known.Select(row => row.Features)]),
            };
        }

        static List<Labelled> Labelled(Target target, IReadOnlyList<TrainingRow> rows) =>
            [.. rows.Where(row => target.Outcome(row) is not null).Select(row => new Labelled(row, target.Outcome(row)!.Value))];

        static CardRows Span(List<TrainingRow> rows) => new(
            rows.Min(row => row.Day), rows.Max(row => row.Day), rows.Count,
            rows.Select(row => row.Learner).Distinct(StringComparer.Ordinal).Count());

        static void Require(List<Labelled> rows)
        {
            var positives = rows.Count(row => row.Outcome);
            var learners = rows.Select(row => row.Row.Learner).Distinct(StringComparer.Ordinal).Count();
            if (rows.Count < TrainingNeeds.RowsMin || learners < TrainingNeeds.LearnersMin)
                throw new TooLittleToTrainException(
                    $"A training needs {TrainingNeeds.RowsMin} rows of {TrainingNeeds.LearnersMin} learners; there are {rows.Count} of "
                        + $"{learners}.");
            if (Math.Min(positives, rows.Count - positives) < TrainingNeeds.OutcomesMin)
                throw new TooLittleToTrainException(
                    $"A training needs {TrainingNeeds.OutcomesMin} rows of either outcome; {positives} of {rows.Count} fell silent.");
        }

        void Tell(double share, string step)
        {
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new TrainingProgress(Math.Round(share, 3), step));
        }
    }
}
