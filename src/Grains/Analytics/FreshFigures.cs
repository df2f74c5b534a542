using LStep.Domain;
using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Analytics;

/// <summary>Computes what customers add to the figures from what is stored of them now.</summary>
/// <param name="stored">What was added before.</param>
/// <param name="today">The business day by which first 28 days are over or not.</param>
internal sealed class FreshFigures(
    NpgsqlConnection connection, IReadOnlyDictionary<string, CustomerFigures> stored, BusinessCalendar calendar, DateOnly today)
{
    private readonly List<(string Id, DateOnly Start)> levels = [];

    /// <summary>Those whose level was made of their daily rows.</summary>
    public string[] WithLevel => [.. levels.Select(one => one.Id)];

    /// <param name="levelAgain">Whether a level that is known is to be made again.</param>
    public async Task<List<CustomerFigures>> Of(string[] ids, Predicate<string> levelAgain, CancellationToken cancel)
    {
        // The ledger last: whatever is committed between two of these questions is waiting to be counted, too.
        var profiles = (await connection.Rows(
            "analytics_profiles", r => (Id: r.GetString(0), Tier: r.GetString(1), Start: r.Instant(2)), cancel, Db.Texts(ids)))
            .ToDictionary(one => one.Id);
        var reviews = (await connection.Rows("analytics_reviews", r => (Id: r.GetString(0), Review: Review(r)), cancel, Db.Texts(ids)))
            .ToLookup(one => one.Id, one => one.Review);
        var ledger = (await connection.Rows("analytics_ledger", r => (CustomerId: r.GetString(0), Row: Row(r), Id: r.GetInt64(8),
            EndedAt: r.InstantOrNull(9)), cancel, Db.Texts(ids))).GroupBy(one => one.CustomerId);

        var figures = new List<CustomerFigures>();
        foreach (var rows in ledger.Select(group => group.ToList()))
        {
            var (id, last) = (rows[0].CustomerId, rows[^1]);
            var isKnown = profiles.TryGetValue(id, out var profile);
            // Of a person who was erased the last row is the only one of all that is not current any more.
            var chain = new Chain(
                [.. rows.Select(one => one.Row)], [.. reviews[id]], isKnown ? profile.Start : null, isKnown ? null : last.EndedAt);
            DateOnly? start = isKnown ? calendar.DayOf(profile.Start) : null;
            figures.Add(new CustomerFigures(
                id, isKnown ? profile.Tier : "", KnownLevel(id, start, levelAgain), start, rows.Max(one => one.Id),
                Contributions.Of(chain, calendar)));
        }
        // Whose ledger is gone adds nothing any more.
        foreach (var id in ids.Except(figures.Select(one => one.CustomerId)).Where(stored.ContainsKey).ToList())
            figures.Add(stored[id] with { StartDay = null, Contributions = [] });
        return await WithLevels(figures, cancel);
    }

    /// <summary>The level of before where it still holds; else it is put on the list of those that are to be made.</summary>
    private string KnownLevel(string id, DateOnly? start, Predicate<string> levelAgain)
    {
        if (start is not { } day || !EngagementLevel.IsDue(day, today)) return EngagementLevel.Unknown;
        if (stored.TryGetValue(id, out var before) && before.StartDay == start && before.Level.Length > 0 && !levelAgain(id))
            return before.Level;
        levels.Add((id, day));
        return EngagementLevel.Unknown;
    }

    private async Task<List<CustomerFigures>> WithLevels(List<CustomerFigures> figures, CancellationToken cancel)
    {
        if (levels.Count == 0) return figures;
        var days = levels.Select(one => one.Start).ToArray();
        var scores = (await connection.Rows(
            "analytics_scores", r => (r.GetString(0), r.GetInt64(1)), cancel, WithLevel,
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date, Value = days }, EngagementLevel.Days))
            .ToDictionary();
        var asked = levels.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        return [.. figures.Select(one => asked.Contains(one.CustomerId)
            ? one with { Level = EngagementLevel.Of(scores.GetValueOrDefault(one.CustomerId)) } : one)];
    }

    private static ChainRow Row(NpgsqlDataReader row) => new(
        row.GetInt32(1), row.TextOrNull(2) is { } from ? StatusTags.Parse(from) : null, StatusTags.Parse(row.GetString(3)), row.Instant(4),
        row.Instant(5), (TransitionKind)row.GetInt16(6), row.InstantOrNull(7));

    private static ChainReview Review(NpgsqlDataReader row) => new(
        StatusTags.Parse(row.GetString(1)), Enum.Parse<ReviewStatus>(row.GetString(2), ignoreCase: true), row.Instant(3),
        row.InstantOrNull(4), row.IntOrNull(5));
}
