using System.Text.Json;
using LStep.Workbench.Client;
using Spectre.Console;

namespace LStep.Workbench.Replay;

/// <summary>What a replay came to, read back from the server.</summary>
public static class ReplaySummary
{
    public static async Task Write(
        LStepClient server, ReplayLedger ledger, ReplayProgress end, RejectedMessage? rejected, TimeSpan took, CancellationToken cancel)
    {
        var clock = await server.Clock(cancel);
        var reviews = await Reviews(server, cancel);
        var moves = ledger.Flow.Sum(each => each.Value.All);
        var automatic = ledger.Flow.Sum(each => each.Value.Automatic);
        var customers = Math.Max(1, ledger.Customers);

        var facts = new Table().HideHeaders().AddColumns("what", "value").Border(TableBorder.None);
        facts.Columns[1].RightAligned();
        facts.AddRow("customers", $"{ledger.Customers:N0}");
        facts.AddRow("activities", $"{end.Messages - end.Rejected:N0}");
        if (rejected is not null) facts.AddRow(
            "rejected", $"{end.Rejected:N0}, the first: {Markup.Escape($"{rejected.MessageId} {rejected.Code}: {rejected.Message}")}");
        facts.AddRow("transitions", $"{moves:N0}");
        facts.AddRow("  applied automatically", moves == 0 ? "-" : $"{100.0 * automatic / moves:0.0}%");
        facts.AddRow("reviews", $"{reviews.Values.Sum():N0}");
        foreach (var (status, count) in reviews) facts.AddRow($"  {status}", $"{count:N0}");
        facts.AddRow("  for each learner", $"{(double)reviews.Values.Sum() / customers:0.00}");
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
    }

    private static async Task<SortedDictionary<string, int>> Reviews(LStepClient server, CancellationToken cancel)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            using var page = await server.Get(
                $"/api/reviews?limit=100{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancel);
            foreach (var review in page.RootElement.GetProperty("items").EnumerateArray())
            {
                var status = review.GetProperty("status").GetString()!;
                counts[status] = counts.GetValueOrDefault(status) + 1;
            }
            cursor = page.RootElement.GetProperty("next") is { ValueKind: JsonValueKind.String } next ? next.GetString() : null;
        }
        while (cursor is not null);
        return counts;
    }
}
