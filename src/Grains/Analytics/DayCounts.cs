using System.Collections.Immutable;
using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Analytics;

/// <summary>One row of the day tables but for its count.</summary>
internal readonly record struct DayKey(string Measure, DateOnly Day, string Tier, string Level, string From, string To, int Value);

/// <summary>What is to be added to the figures of days, or their sum.</summary>
internal sealed class DayCounts
{
    private const string MovedInMonth = "moved_month";

    private readonly Dictionary<DayKey, long> counts = [];

    public IReadOnlyDictionary<DayKey, long> All => counts;

    /// <param name="times">-1 takes them off.</param>
    public void Add(string tier, string level, ImmutableArray<Contribution> contributions, int times = 1)
    {
        foreach (var one in contributions)
        {
            var key = new DayKey(one.Measure.Name(), one.Day, tier, level, one.From?.Code() ?? "", one.To?.Code() ?? "", one.Value);
            Add(key, (long)times * one.Count);
            // Where customers stand is the sum of all moves before: whole months of them are read as one row instead of thirty.
            if (one.Measure is Measure.Moved)
                Add(key with { Measure = MovedInMonth, Day = new DateOnly(one.Day.Year, one.Day.Month, 1) }, (long)times * one.Count);
            if (one.Measure.BucketName() is { } buckets)
                Add(new DayKey(buckets, one.Day, "", "", "", "", MedianBucket.Of(one.Value)), (long)times * one.Count);
        }
    }

    public void Add(DayKey key, long count) => counts[key] = counts.GetValueOrDefault(key) + count;

    /// <summary>What makes the new figures of a customer of the old ones.</summary>
    public void Move(CustomerFigures? old, CustomerFigures now)
    {
        if (old is not null && (old.Tier, old.Level) == (now.Tier, now.Level))
        {
            Add(now.Tier, now.Level, Contribution.Difference(old.Contributions, now.Contributions));
            return;
        }
        if (old is not null) Add(old.Tier, old.Level, old.Contributions, times: -1);
        Add(now.Tier, now.Level, now.Contributions);
    }

    public async Task Store(NpgsqlConnection connection, CancellationToken cancel)
    {
        var changed = counts.Where(one => one.Value != 0).ToList();
        if (changed.Count > 0) await connection.Execute("analytics_days_add", cancel, Columns(changed));
        if (changed.FindAll(one => one.Value < 0) is { Count: > 0 } fewer)
            await connection.Execute("analytics_days_clear", cancel, Columns(fewer));
    }

    private static object[] Columns(List<KeyValuePair<DayKey, long>> rows) =>
    [
        Db.Texts(rows.Select(row => row.Key.Measure)),
        new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date, Value = rows.Select(row => row.Key.Day).ToArray() },
        Db.Texts(rows.Select(row => row.Key.Tier)), Db.Texts(rows.Select(row => row.Key.Level)),
        Db.Texts(rows.Select(row => row.Key.From)), Db.Texts(rows.Select(row => row.Key.To)),
        rows.Select(row => row.Key.Value).ToArray(), rows.Select(row => row.Value).ToArray(),
    ];
}
