using System.Text.Json;

namespace LStep.System.Tests.Trials;

/// <summary>What the ledger and the reviews say happened, to be compared with what a backtest says.</summary>
internal sealed class PlayedLedger
{
    private sealed record Move(string? From, string To, DateTimeOffset DueAt, string Kind);

    private readonly Dictionary<string, List<Move>> customers = [];
    private readonly List<DateTimeOffset> reviews = [];

    public static async Task<PlayedLedger> Of(LStepHost host)
    {
        var played = new PlayedLedger();
        for (var after = 0L; ;)
        {
            var rows = (await host.Get($"/api/transitions?after={after}&limit=1000")).GetProperty("items").EnumerateArray().ToList();
            if (rows.Count == 0) break;
            after = rows[^1].GetProperty("id").GetInt64();
            foreach (var row in rows)
            {
                var customer = row.GetProperty("customerId").GetString()!;
                if (!played.customers.TryGetValue(customer, out var moves)) played.customers[customer] = moves = [];
                moves.Add(new Move(
                    row.GetProperty("from").GetString(), row.GetProperty("to").GetString()!, row.GetProperty("dueAt").GetDateTimeOffset(),
                    row.GetProperty("kind").GetString()!));
            }
        }
        for (var next = ""; next is not null;)
        {
            var page = await host.Get($"/api/reviews?limit=500{(next.Length == 0 ? "" : $"&cursor={next}")}");
            played.reviews.AddRange(page.GetProperty("items").EnumerateArray().Select(
                review => review.GetProperty("openedAt").GetDateTimeOffset()));
            next = page.GetProperty("next").GetString();
        }
        return played;
    }

    /// <summary>The span in which half of the moves lie.</summary>
    public (DateTimeOffset From, DateTimeOffset To) MiddleHalf()
    {
        var all = customers.Values.SelectMany(moves => moves).Select(move => move.DueAt).Order().ToList();
        return (all[all.Count / 4], all[all.Count * 3 / 4]);
    }

    public void Equals(JsonElement figures, DateTimeOffset from, DateTimeOffset to)
    {
        var moves = customers.Values.SelectMany(all => all).Where(move => move.From is not null && In(move.DueAt)).ToList();
        Assert.True(moves.Count > 20, $"{moves.Count} moves");
        Assert.Equal(moves.Count, figures.GetProperty("transitions").GetInt32());
        Assert.Equal(
            moves.CountBy(move => (move.From!, move.To)).Select(pair => (pair.Key.Item1, pair.Key.To, pair.Value)).Order(),
            figures.GetProperty("moves").EnumerateArray().Select(
                move => (
                    move.GetProperty("from").GetString()!, move.GetProperty("to").GetString()!, move.GetProperty("count").GetInt32())));
        Assert.Equal(
            decimal.Round((decimal)moves.Count(move => move.Kind == "automatic") / moves.Count, 4),
            figures.GetProperty("automaticShare").GetDecimal());
        var opened = reviews.Count(In);
        Assert.Equal(opened, figures.GetProperty("reviews").GetInt32());
        Assert.Equal(decimal.Round((decimal)opened / customers.Count(one => one.Value[0].DueAt <= to), 4), figures.GetProperty(
            "reviewsPerLearner").GetDecimal());
        foreach (var tag in figures.GetProperty("customerDays").EnumerateObject())
            Assert.Equal((tag.Name, decimal.Round(Days(tag.Name), 4)), (tag.Name, tag.Value.GetDecimal()));

        bool In(DateTimeOffset at) => at >= from && at <= to;

        decimal Days(string tag) => customers.Values.Sum(path => path.Index().Where(step => step.Item.To == tag).Sum(step =>
        {
            var (begin, end) = (step.Item.DueAt, step.Index + 1 < path.Count ? path[step.Index + 1].DueAt : to);
            var ticks = (end < to ? end : to).Ticks - (begin > from ? begin : from).Ticks;
            return (decimal)Math.Max(0, ticks) / TimeSpan.TicksPerDay;
        }));
    }
}
