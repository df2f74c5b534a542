using LStep.Workbench.Client;
using Spectre.Console;

namespace LStep.Workbench.Replay;

/// <summary>What a replay came to, read back from the server.</summary>
public static class ReplaySummary
{
    public static async Task Write(
        LStepClient server, ReplayLedger ledger, ReplayPlayer player, ReplayProgress end, TimeSpan took, CancellationToken cancel)
    {
        var clock = await server.Clock(cancel);
        var (statuses, reasons) = await Reviews(server, cancel);
        var reviews = statuses.Values.Sum();
        var moves = ledger.Flow.Sum(each => each.Value.All);
        var automatic = ledger.Flow.Sum(each => each.Value.Automatic);
        var customers = Math.Max(1, ledger.Customers);

        var facts = new Table().HideHeaders().AddColumns("what", "value").Border(TableBorder.None);
        facts.Columns[1].RightAligned();
        facts.AddRow("customers", $"{ledger.Customers:N0}");
        facts.AddRow("activities", $"{end.Messages - end.Rejected:N0}");
        if (player.FirstRejected is { } rejected) facts.AddRow(
            "rejected", $"{end.Rejected:N0}, the first: {Markup.Escape($"{rejected.MessageId} {rejected.Code}: {rejected.Message}")}");
        facts.AddRow("transitions", $"{moves:N0}");
        facts.AddRow("  applied automatically", moves == 0 ? "-" : $"{100.0 * automatic / moves:0.0}%");
        facts.AddRow("reviews", $"{reviews:N0}");
        foreach (var (status, count) in statuses) facts.AddRow($"  {status}", $"{count:N0}");
        foreach (var (reason, count) in reasons) facts.AddRow($"  opened with {reason}", $"{count:N0}");
        facts.AddRow("  for each learner", $"{(double)reviews / customers:0.00}");
        facts.AddRow("seconds", $"{took.TotalSeconds:0.0}");
        facts.AddRow("activities/s", $"{end.Messages / took.TotalSeconds:N0}");

        var flow = new Table().AddColumns("from", "to", "moves", "automatic");
        foreach (var ((from, to), count) in ledger.Flow) flow.AddRow(from, to, $"{count.All:N0}", $"{count.Automatic:N0}");
        var days = new Table().AddColumns("tag", "share of customer-days");
        foreach (var (tag, share) in ledger.ShareOfCustomerDays(clock?.Now ?? DateTimeOffset.MinValue))
            days.AddRow(tag, $"{100 * share:0.0}%");

        AnsiConsole.Write(facts);
        AnsiConsole.Write(flow);
        AnsiConsole.Write(days);
        await player.Flagged.Write(cancel);
    }

    private static async Task<(SortedDictionary<string, int> ByStatus, SortedDictionary<string, int> ByReason)> Reviews(
        LStepClient server, CancellationToken cancel)
    {
        var (statuses, reasons) = (new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedDictionary<string, int>(
            StringComparer.Ordinal));
        await foreach (var review in server.Items("/api/reviews?limit=100", cancel))
        {
            Count(statuses, review.GetProperty("status").GetString()!);
            foreach (var reason in review.GetProperty("openedReasons").EnumerateArray()) Count(reasons, reason.GetString()!);
        }
        return (statuses, reasons);
    }

    private static void Count(SortedDictionary<string, int> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;
}
