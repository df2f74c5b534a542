using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.People;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Events;

/// <param name="Activity">What an operator decided; null where nobody did.</param>
public sealed record EventRow(
    string Key, string Name, long Count, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, ActivityType? Activity,
    DateTimeOffset? ChangedAt, string? ChangedBy);

/// <summary>
/// Every name of a track event that was ever seen, and what operators decided about it. Counts are gathered in memory and written every
/// few seconds and at the stop; a process that is killed loses what it counted since, and nothing else. What one silo decides holds on the
/// others a few seconds later. Like rules, this runs on the wall clock also where the product lives on a simulated one.
/// </summary>
public sealed class EventCatalogue(PostgresDatabase database, EventCounts counts, TimeProvider clock, ILogger<EventCatalogue> log)
    : RepeatedWork(
        TimeSpan.FromSeconds(EventLimits.SecondsBetweenRounds), atOnce: false,
        "Names of events could not be counted or their meanings read again; those of before stay in force", log)
{
    private const int RoundsBetweenForgetting = 1_800;

    private readonly SemaphoreSlim writing = new(1);
    private volatile DecidedNames decided = DecidedNames.None;
    private int rounds;

    /// <summary>By what every event of this process is read.</summary>
    public DecidedNames Decided => decided;

    /// <summary>Reads the decisions before anything is taken.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Refresh(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Flush(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Every row, that of <see cref="EventCounts.Others"/> among them, with what this process counted so far.</summary>
    public async Task<List<EventRow>> All(CancellationToken cancel)
    {
        await Flush(cancel);
        return await database.Use(connection => connection.Rows("event_names_all", Read, cancel), cancel);
    }

    /// <summary>Null when the name was never seen. Who decided what is in the audit log by the same commit.</summary>
    /// <param name="activity">Null takes back what was decided.</param>
    public async Task<EventRow?> Decide(string key, ActivityType? activity, Person by, CancellationToken cancel)
    {
        await Flush(cancel);
        var decision = await database.Transaction<EventRow?>(
            async connection =>
            {
                if (await connection.Rows("event_name_lock", Read, cancel, key) is not [var before]) return null;
                var after = (await connection.Rows(
                    "event_name_decide", Read, cancel, key,
                    new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Smallint, Value = activity is { } type ? (short)type : DBNull.Value },
                    clock.Now(), by.Name))[0];
                await connection.Write(
                    new AuditEntry(
                        by, activity is null ? "event.undecided" : "event.decided", after.Name, Meant(before.Activity), Meant(activity)),
                    cancel);
                return after;
            }, cancel);
        await Refresh(cancel);
        return decision;
    }

    /// <summary>Makes room where there is none: names that nobody decided about and nobody sent for long.</summary>
    public Task Forget(CancellationToken cancel) => database.Use(
        connection => connection.Execute(
            "event_names_forget", cancel, EventLimits.NamesMax, clock.Now().AddDays(-EventLimits.DaysUnseenMax)), cancel);

    protected override async Task Once(CancellationToken stopping)
    {
        await Refresh(stopping);
        await Flush(stopping);
        if (rounds++ % RoundsBetweenForgetting == 0) await Forget(stopping);
    }

    private async Task Refresh(CancellationToken cancel) =>
        decided = new DecidedNames(await database.Use(
            connection => connection.Rows(
                "event_names_decided", row => KeyValuePair.Create(row.GetString(0), (ActivityType)row.GetInt16(1)), cancel), cancel));

    /// <summary>One at a time, so that who waited for one has seen what was counted before.</summary>
    private async Task Flush(CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            if (counts.Take() is { Length: > 0 } taken) await Write(taken, cancel);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task Write(EventCount[] taken, CancellationToken cancel)
    {
        try
        {
            await database.Use(
                connection => connection.Execute(
                    "event_names_count", cancel, taken.Select(one => one.Key).ToArray(), taken.Select(one => one.Name).ToArray(),
                    taken.Select(one => one.Count).ToArray(), Db.Instants(taken.Select(one => one.FirstSeenAt)),
                    Db.Instants(taken.Select(one => one.LastSeenAt)), EventLimits.NamesMax), cancel);
        }
        catch
        {
            // A write that was cut off may have happened: a name counted twice is better than one that is missing.
            counts.GiveBack(taken);
            throw;
        }
    }

    private static object? Meant(ActivityType? decided) =>
        decided is { } type ? new { activity = JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()) } : null;

    private static EventRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetInt64(2), row.Instant(3), row.Instant(4),
        TypeOrNull(row, 5), row.InstantOrNull(6), row.TextOrNull(7));

    private static ActivityType? TypeOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : (ActivityType)row.GetInt16(column);
}
