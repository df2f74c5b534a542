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
        var table = new Table().AddColumns("tag", "learners now", "flagged", "high", $"learners at {looks} looks", "flagged", "high");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        var now = await Look(cancel);
        foreach (var tag in now.Keys.Union(sums.Keys).Order(StringComparer.Ordinal))
            table.AddRow([tag, .. Cells(now.GetValueOrDefault(tag)), .. Cells(sums.GetValueOrDefault(tag))]);
        table.AddRow(["all", .. Cells(Sum(now.Values)), .. Cells(Sum(sums.Values))]);
        AnsiConsole.Write(table);
    }

    private static FlaggedCount Sum(IEnumerable<FlaggedCount> counts) => counts.Aggregate(default(FlaggedCount), (sum, count) => sum + count);

    private static string[] Cells(FlaggedCount count) =>
        [$"{count.Learners:N0}", Share(count.Flagged, count.Learners), Share(count.High, count.Learners)];

    private static string Share(int part, int all) => all == 0 ? "-" : $"{part:N0} ({100.0 * part / all:0.0}%)";

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
