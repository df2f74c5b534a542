using LStep.Workbench.Bench;
using LStep.Workbench.Faults;
using Spectre.Console;

namespace LStep.Workbench.Verbs;

/// <summary>How a run under load with known ids is shown: progress, figures, audit, and what the silos wrote if that is not 0.</summary>
internal static class LoadShown
{
    public static Task<T> Progress<T>(LoadOptions options, Func<Action<TimeSpan, string>, Task<T>> run) where T : LoadResult =>
        Console.IsOutputRedirected
            ? run((at, what) => Console.WriteLine($"{at.TotalSeconds,5:0} s  {what}"))
            : AnsiConsole.Progress()
                .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(async context =>
            {
                var bar = context.AddTask("starting", maxValue: options.Time.TotalSeconds);
                return await run((at, what) => (bar.Value, bar.Description) = (at.TotalSeconds, Markup.Escape(what)));
            });

    public static IEnumerable<(string, string)> Figures(LoadResult result)
    {
        var (load, extent, watchers) = (result.Load, result.Extent, result.Watchers);
        return
        [
            ("activities acknowledged", $"{load.Acknowledged.Count:N0}"),
            ("requests, those sent again included", $"{load.Posts:N0}"),
            .. load.Retries.OrderBy(retry => retry.Key).Select(retry => ($"  sent again after: {retry.Key}", $"{retry.Value:N0}")),
            ("customers, decisions, reviews", $"{extent.Customers:N0}, {extent.Decisions:N0}, {extent.Reviews:N0}"),
            ("transitions, of them by time alone", $"{extent.LedgerRows:N0}, {extent.ByTimeAlone:N0}"),
            ("hub clients, connections, gaps reported",
                $"{watchers.Count}, {watchers.Sum(watcher => watcher.Connections):N0}, {watchers.Sum(watcher => watcher.GapsTold):N0}"),
            ("all answered and nothing due after the end (s)", $"{result.SettledAfter.TotalSeconds:0.0}"),
        ];
    }

    /// <summary>The audit line by line; answers the exit code.</summary>
    public static int Judge(LoadOptions options, LoadResult result)
    {
        Bench.Figures.Write(result.Audit.Select(line => (line.What, $"{line.Found:N0}")));
        foreach (var line in result.Audit.Where(line => line.Found > 0)) Console.WriteLine($"{line}");
        Console.WriteLine($"seed {options.Seed}: {(result.IsSound ? "every line is 0" : "NOT every line is 0")}");
        if (result.IsSound) return 0;
        KeepOutputs(options, result);
        return 1;
    }

    /// <summary>What the silos wrote last, for whoever looks for the cause.</summary>
    private static void KeepOutputs(LoadOptions options, LoadResult result)
    {
        foreach (var (number, output) in result.Outputs.Index())
        {
            var file = $"{options.Folder}-{options.Seed}-silo-{number + 1}.log";
            File.WriteAllText(file, output);
            Console.WriteLine($"what silo {number + 1} wrote: {file}");
        }
    }
}
