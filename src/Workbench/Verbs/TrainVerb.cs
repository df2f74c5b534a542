using System.CommandLine;
using System.Diagnostics;
using LStep.Domain.Predicting;
using LStep.Prediction;
using LStep.Silo.Verbs;
using LStep.Workbench.Processes;
using LStep.Workbench.Replay;
using LStep.Workbench.Training;

namespace LStep.Workbench.Verbs;

/// <summary>Trains the starting model on OULAD, judges it, and writes it where the build embeds it.</summary>
public static class TrainVerb
{
    private const string ModelFile = "starting-model.json";
    private const string CardFile = "starting-card.json";

    public static Command Build()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Description = "Folders or files: OULAD event files, or the original OULAD tables",
            Arity = ArgumentArity.OneOrMore,
        };
        var into = new Option<string>("--into")
        {
            Description = "Where the model and its card are written", HelpName = "DIR", DefaultValueFactory = _ => "src/Prediction",
        };
        var predictions = new Option<string?>("--predictions")
        {
            Description = "Where the judged predictions are written as CSV; src/Workbench/Training/recount.py counts them again",
            HelpName = "DIR",
        };
        var seeds = WholeNumber.Of("--seeds", "Ensembles of each kind that are averaged", 2, 1, 20);
        var threads = WholeNumber.Of("--threads", "Threads of a fit", 1, 1, 64);
        var verb = new Command(
            "train",
            "Plays OULAD learners through the windows, trains the starting model on their earlier days, judges it on later days of "
                + "learners left out, and writes it with its card.")
        {
            sources, into, predictions, seeds, threads,
        };
        verb.SetAction((parsed, cancel) =>
        {
            var presentations = ReplaySource.Presentations(parsed.GetValue(sources)!);
            if (presentations.Count == 0) throw new VerbRefusedException("There is no OULAD presentation to train on.");
            Train(
                presentations, parsed.GetValue(into)!, parsed.GetValue(predictions), parsed.GetValue(seeds), parsed.GetValue(threads),
                cancel);
            return Task.FromResult(0);
        });
        return verb;
    }

    private static void Train(
        IReadOnlyList<OuladPresentation> presentations, string into, string? predictions, int seeds, int threads, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var learners = presentations.Select(each => new OuladLearners(each)).ToList();
        var training = new OuladTraining(learners, seeds, threads);
        Console.WriteLine($"{string.Join(", ", learners.Select(each => $"{each.Course} {each.Activities.Count:N0} learners"))}; "
            + $"{training.Rows:N0} rows after {watch.Elapsed.TotalSeconds:F0} s");
        var (card, result) = training.Train(new Lines(watch), rows =>
        {
            if (predictions is not null) PredictionFiles.Write(predictions, rows);
        }, cancel);
        Directory.CreateDirectory(into);
        File.WriteAllText(Path.Combine(into, ModelFile), result.Model.Write());
        File.WriteAllText(Path.Combine(into, CardFile), StartingModel.Write(card) + "\n");
        TrainingReport.Write(card, Console.Out);
        Console.WriteLine($"Trained in {card.Seconds:F0} s, {watch.Elapsed.TotalSeconds:F0} s in all; peak memory "
            + $"{ProcessMemory.PeakBytes(Environment.ProcessId) / 1024 / 1024} MB; {result.Model.Trees} trees, "
            + $"{result.Model.Nodes:N0} nodes, {new FileInfo(Path.Combine(into, ModelFile)).Length / 1024} KB");
        var now = new DateTimeOffset(learners[^1].DayZero.AddDays(141).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        Console.WriteLine($"Predicting: {PredictingSpeed.Measure(result.Model, [.. learners[^1].StatesAt(now)], now)}");
    }

    private sealed class Lines(Stopwatch watch) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) =>
            Console.WriteLine($"{value.Share,4:P0}  {watch.Elapsed.TotalSeconds,5:F0} s  {value.Step}");
    }
}
