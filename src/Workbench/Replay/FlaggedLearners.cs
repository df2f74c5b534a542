using LStep.Workbench.Client;
using Spectre.Console;

namespace LStep.Workbench.Replay;

/// <param name="Flagged">With a risk indicator of any severity.</param>
/// <param name="High">With one of high severity.</param>
public readonly record struct FlaggedCount(int Learners, int Flagged, int High)
{
    public static FlaggedCount operator +(FlaggedCount one, FlaggedCount other) =>
        new(one.Learners + other.Learners, one.Flagged + other.Flagged, one.High + other.High);
}

/// <summary>
/// How many learners of each tag bear a risk indicator. The end of a course shows nearly everybody silent, so that looks are also
/// taken on the way and added up.
/// </summary>
public sealed class FlaggedLearners(LStepClient server)
{
    private const int DaysBetweenLooks = 28;

    private readonly SortedDictionary<string, FlaggedCount> sums = new(StringComparer.Ordinal);
    private int looks;

    public static bool IsDue(DateOnly day) => day.DayNumber % DaysBetweenLooks == 0;

    public async Task Add(CancellationToken cancel)
    {
        looks++;
        foreach (var (tag, count) in await Look(cancel)) sums[tag] = sums.GetValueOrDefault(tag) + count;
    }

    public async Task Write(CancellationToken cancel)
    {
        Write("learners now", await Look(cancel));
        if (looks > 0) Write($"learners at {looks} looks", sums);
    }

    private static void Write(string learners, SortedDictionary<string, FlaggedCount> counts)
    {
        var table = new Table().AddColumns("tag", learners, "flagged", "share", "high", "share");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var (tag, count) in counts) table.AddRow(Cells(tag, count));
        table.AddRow(Cells("all", counts.Values.Aggregate(default(FlaggedCount), (sum, count) => sum + count)));
        AnsiConsole.Write(table);
    }

    private static string[] Cells(string tag, FlaggedCount count) =>
        [tag, $"{count.Learners:N0}", $"{count.Flagged:N0}", Share(count.Flagged, count.Learners), $"{count.High:N0}", Share(
            count.High, count.Learners)];

    private static string Share(int part, int all) => all == 0 ? "-" : $"{100.0 * part / all:0.0}%";

    private async Task<SortedDictionary<string, FlaggedCount>> Look(CancellationToken cancel)
    {
        var counts = new SortedDictionary<string, FlaggedCount>(StringComparer.Ordinal);
        await foreach (var customer in server.Items("/api/customers?limit=100", cancel))
        {
            var tag = customer.GetProperty("tag").GetString()!;
            var severities = customer.GetProperty("riskIndicators").EnumerateArray()
                .Select(indicator => indicator.GetProperty("severity").GetString()).ToList();
            counts[tag] = counts.GetValueOrDefault(tag)
                + new FlaggedCount(1, severities.Count > 0 ? 1 : 0, severities.Contains("high") ? 1 : 0);
        }
        return counts;
    }
}
