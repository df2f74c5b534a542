using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Reports;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Campaigns.Actions;

/// <summary>Null lets every action pass.</summary>
public sealed record ActionFilter(ActionStatus? Status = null, string? Campaign = null, string? CustomerId = null);

/// <summary>Actions, page by page.</summary>
public sealed class ActionReads(PostgresDatabase database) : IDisposable
{
    /// <summary>More are not counted at every look: it takes a third of a second a million.</summary>
    private const long CountedFreshMax = 100_000;

    private readonly CostlyAnswers<int, List<(string Campaign, ActionStatus Status, long Count)>> counts = new(
        TimeSpan.FromSeconds(5), counted => counted.Sum(one => one.Count) > CountedFreshMax);

    public void Dispose() => counts.Dispose();

    /// <summary>Newest first, below an id.</summary>
    public Task<List<ActionRecord>> Page(ActionFilter filter, long below, int rowsMax, CancellationToken cancel) =>
        database.People.Use(
            connection => connection.Rows(
                "actions_page", ActionRecord.Read, cancel, below,
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Smallint, Value = (object?)(short?)filter.Status ?? DBNull.Value },
                Db.Text(filter.Campaign), Db.Text(filter.CustomerId), rowsMax), cancel);

    public async Task<ActionRecord?> One(long id, CancellationToken cancel) =>
        (await database.People.Use(connection => connection.Rows("action_by_id", ActionRecord.Read, cancel, id), cancel)).SingleOrDefault();

    /// <summary>How many actions of each campaign stand in each status; of very many, as it was some seconds ago at most.</summary>
    public Task<List<(string Campaign, ActionStatus Status, long Count)>> Counts(CancellationToken cancel) => counts.Get(
        0, () => database.People.Use(
            connection => connection.Rows(
                "campaign_counts", row => (row.GetString(0), (ActionStatus)row.GetInt16(1), row.GetInt64(2)), cancel), cancel), cancel);

    /// <summary>What had gone out, or may have, of some ledger rows, the latest first.</summary>
    /// <param name="customers">Of each row its customer.</param>
    /// <param name="numbers">Of each row its number in the customer's ledger.</param>
    public Task<List<SentAction>> Sent(string[] customers, int[] numbers, int rowsMax, CancellationToken cancel) => database.People.Use(
        connection => connection.Rows(
            "campaign_actions_sent", row => new SentAction(row.GetString(0), (Channel)row.GetInt16(1), row.Instant(2)), cancel, customers,
            numbers, rowsMax), cancel);
}

/// <summary>A message that cannot be called back.</summary>
public sealed record SentAction(string Campaign, Channel Channel, DateTimeOffset At);
