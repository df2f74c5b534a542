using System.Text.Json;
using LStep.Workbench.Client;

namespace LStep.Workbench.Replay;

/// <summary>The moves of all customers as the server's ledger tells them, read on from where the last reading ended.</summary>
public sealed class ReplayLedger(LStepClient server)
{
    private const int RowsPerPage = 1_000;

    private sealed record Move(string? From, string To, DateTimeOffset DueAt);

    private readonly Dictionary<string, List<Move>> moves = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string From, string To), (int All, int Automatic)> flow = [];
    private long read;
    private int transitions;

    public int Customers => moves.Count;

    /// <summary>Counts from→to without first assignments, and how many of them the rules applied by themselves.</summary>
    public IReadOnlyDictionary<(string From, string To), (int All, int Automatic)> Flow => flow;

    /// <summary>Answers how many transitions there are by now.</summary>
    public async Task<int> Read(CancellationToken cancel)
    {
        while (true)
        {
            using var page = await server.Get($"/api/transitions?after={read}&limit={RowsPerPage}", cancel);
            var rows = page.RootElement.GetProperty("items").EnumerateArray().ToList();
            foreach (var row in rows) Take(row);
            if (rows.Count < RowsPerPage) return transitions;
        }
    }

    private void Take(JsonElement row)
    {
        read = row.GetProperty("id").GetInt64();
        var customer = row.GetProperty("customerId").GetString()!;
        var move = new Move(
            row.GetProperty("from").GetString(), row.GetProperty("to").GetString()!, row.GetProperty("dueAt").GetDateTimeOffset());
        if (!moves.TryGetValue(customer, out var sofar)) moves[customer] = sofar = [];
        sofar.Add(move);
        if (move.From is null) return;

        transitions++;
        var (all, automatic) = flow.GetValueOrDefault((move.From, move.To));
        flow[(move.From, move.To)] = (all + 1, automatic + (IsAutomatic(row) ? 1 : 0));
    }

    private static bool IsAutomatic(JsonElement row) =>
        row.GetProperty("assignedBy").GetString() == "system"
        && row.GetProperty("reason").GetString()?.StartsWith("review_expired", StringComparison.Ordinal) != true;

    /// <summary>Which share of all days that customers have been there was spent in each tag.</summary>
    public IReadOnlyDictionary<string, double> ShareOfCustomerDays(DateTimeOffset end)
    {
        var days = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var path in moves.Values)
            for (var i = 0; i < path.Count; i++)
            {
                var until = i + 1 < path.Count ? path[i + 1].DueAt : end;
                days[path[i].To] = days.GetValueOrDefault(path[i].To) + Math.Max(0, (until - path[i].DueAt).TotalDays);
            }
        var all = days.Values.Sum();
        return days.ToDictionary(each => each.Key, each => all == 0 ? 0 : each.Value / all);
    }
}
