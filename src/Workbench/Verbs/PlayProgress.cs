using System.Diagnostics;
using LStep.Workbench.Bench;
using LStep.Workbench.Replay;
using Spectre.Console;

namespace LStep.Workbench.Verbs;

/// <summary>Shows how far a replay has come: a bar on a terminal, plain lines elsewhere.</summary>
public static class PlayProgress
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);

    public static Task<ReplayProgress> Show(ReplaySource source, Func<IProgress<ReplayProgress>, Task<ReplayProgress>> play) =>
        Console.IsOutputRedirected ? Lines(source, play) : Bar(source, play);

    private static Task<ReplayProgress> Bar(ReplaySource source, Func<IProgress<ReplayProgress>, Task<ReplayProgress>> play) =>
        AnsiConsole.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting", maxValue: DaysOf(source));
                var pace = new Pace();
                return await play(new Told(at =>
                {
                    bar.Value = at.Day.DayNumber - source.First.DayNumber + 1;
                    bar.Description = pace.Tell(at);
                }));
            });

    private static Task<ReplayProgress> Lines(ReplaySource source, Func<IProgress<ReplayProgress>, Task<ReplayProgress>> play)
    {
        var pace = new Pace();
        var last = -LineEvery;
        return play(new Told(at =>
        {
            if (pace.Elapsed - last < LineEvery) return;
            last = pace.Elapsed;
            Console.WriteLine($"{100 * (at.Day.DayNumber - source.First.DayNumber + 1) / DaysOf(source),3}%  {pace.Tell(at)}");
        }));
    }

    private static int DaysOf(ReplaySource source) => source.Last.DayNumber - source.First.DayNumber + 1;

    private sealed class Pace
    {
        private readonly Stopwatch watch = Stopwatch.StartNew();

        public TimeSpan Elapsed => watch.Elapsed;

        public string Tell(ReplayProgress at) =>
            $"{at.Day:yyyy-MM-dd}  {at.Messages:N0} events  {at.Messages / watch.Elapsed.TotalSeconds:N0}/s  {at.Transitions:N0} "
                + $"transitions";
    }

    /// <summary>In the caller's turn, in order; Progress of the framework posts to the pool.</summary>
    private sealed class Told(Action<ReplayProgress> tell) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value) => tell(value);
    }
}
