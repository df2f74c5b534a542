using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Domain.Deciding;
using LStep.Domain.Predicting;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Rules;
using Npgsql;

namespace LStep.Grains.Trials;

/// <summary>Backtests as they are stored: what is asked for, and how far it is.</summary>
public sealed class Backtests(PostgresDatabase database, RuleHistory history, Ids ids)
{
    /// <summary>Opens one over everybody and answers its id; null while too many are unfinished.</summary>
    /// <param name="rules">The candidate.</param>
    /// <param name="active">The version it is compared with.</param>
    public Task<string?> Start(
        Person by, ImmutableArray<Rule> rules, int active, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now,
        CancellationToken cancel) => database.Transaction(async connection =>
    {
        await connection.Execute("backtests_lock", cancel);
        var id = ids.Next("backtest").Replace('-', '_');
        if (await connection.Execute(
            "backtest_open", cancel, id, by.Name, RuleJson.Print(rules), active, from, to, now, TrialLimits.BacktestsUnfinishedMax,
            Shards.Count) == 0) return null;
        await connection.Execute("backtests_forget", cancel, TrialLimits.BacktestsKeptMax);
        await connection.Write(new AuditEntry(by, "backtest.started", id, After: new { from, to, rules = rules.Length }), cancel);
        return id;
    }, cancel);

    /// <summary>Newest first, before a place where one is given.</summary>
    public Task<List<BacktestRow>> Page(DateTimeOffset? startedBefore, string? beforeId, int rowsMax, CancellationToken cancel) =>
        Rows(startedBefore, beforeId, null, rowsMax, cancel);

    public async Task<BacktestRow?> One(string id, CancellationToken cancel) =>
        (await Rows(null, null, id, 1, cancel)).SingleOrDefault();

    /// <summary>
    /// Plays the next customers of a shard that nobody else plays and records what they came to. False when there is none. A crash in
    /// between leaves the page undone: it is played again, and counted once.
    /// </summary>
    /// <param name="model">What both sets see as churn_probability, in the past too: that which is live now.</param>
    public Task<bool> TakePage(
        BusinessCalendar calendar, DateTimeOffset now, BacktestPlayer player, CancellationToken cancel, LiveModel? model = null) =>
        database.Transaction(async connection =>
        {
            var claimed = await connection.Rows(
                "backtest_claim", row => (
                    Plan: new StoredPlan(row.GetString(0), row.GetString(1), row.GetInt32(2), row.Instant(3), row.Instant(4)),
                    Shard: row.GetInt16(5), Cursor: row.GetString(6)), cancel);
            if (claimed is not [var (stored, shard, cursor)])
            {
                // Two who finish the last two shards in the same moment do not see each other: who comes next closes it.
                await connection.Execute("backtests_finish", cancel, now);
                return false;
            }
            var plan = await PlanOf(stored, calendar, model, cancel);
            var customers = await connection.Rows(
                "backtest_customers", row => row.GetString(0), cancel, shard, cursor, TrialLimits.CustomersPerBacktestPageMax);
            var played = await player.Play(LogTurn.Until(connection, customers, plan.To, cancel), plan, cancel);
            var before = (await connection.Rows("backtest_so_far", row => (Read(row, 0), Read(row, 1)), cancel, plan.Id, shard))[0];
            var isOver = customers.Count < TrialLimits.CustomersPerBacktestPageMax;
            await connection.Execute(
                "backtest_store", cancel, plan.Id, shard, customers.Count > 0 ? customers[^1] : cursor, customers.Count, played.Errors,
                JsonSerializer.Serialize(before.Item1.Add(played.Candidate)), JsonSerializer.Serialize(before.Item2.Add(played.Active)),
                isOver, now);
            if (isOver) await connection.Execute("backtests_finish", cancel, now);
            return true;
        }, cancel);

    private async Task<List<BacktestRow>> Rows(
        DateTimeOffset? startedBefore, string? beforeId, string? id, int rowsMax, CancellationToken cancel) =>
        await database.People.Use(async connection =>
        {
            var rows = await connection.Rows(
                "backtests_page", row => new BacktestRow(
                    row.GetString(0), row.GetString(1), row.GetInt32(2), row.Instant(3), row.Instant(4), row.Instant(5),
                    row.InstantOrNull(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9)),
                cancel, Db.Instant(startedBefore), Db.Text(beforeId), Db.Text(id), rowsMax);
            var figures = (await connection.Rows(
                "backtest_figures", row => (Id: row.GetString(0), Candidate: Read(row, 1), Active: Read(row, 2)), cancel,
                Db.Texts(rows.Select(row => row.Id)))).ToLookup(row => row.Id);
            return rows.ConvertAll(row => row.FinishedAt is null ? row : row with
            {
                Candidate = figures[row.Id].Aggregate(Figures.None, (sum, part) => sum.Add(part.Candidate)),
                Active = figures[row.Id].Aggregate(Figures.None, (sum, part) => sum.Add(part.Active)),
            });
        }, cancel);

    private async Task<BacktestPlan> PlanOf(StoredPlan stored, BusinessCalendar calendar, LiveModel? model, CancellationToken cancel)
    {
        var active = await history.OfVersion(stored.ActiveVersion, cancel)
            ?? throw new InvalidOperationException($"Version {stored.ActiveVersion} of the rules is gone.");
        var rules = RuleJson.Parse(stored.Rules) is Parsed<ImmutableArray<Rule>>.Ok ok ? ok.Value
            : throw new InvalidOperationException($"The rules of {stored.Id} cannot be read.");
        var calibrations = await history.Calibrations(stored.To, cancel);
        return new BacktestPlan(
            stored.Id, stored.From, stored.To, calendar, Eras(rules), Eras(active.Rules));

        ImmutableArray<Era> Eras(ImmutableArray<Rule> set)
        {
            // Everything on and everybody reached: sets are compared, not switches.
            var book = new Rulebook(new RuleSet(0, "", DateTimeOffset.MinValue, set), new Policy(), calendar, Model: model);
            return
            [
                new Era(DateTimeOffset.MinValue, book),
                .. calibrations.Select(one => new Era(one.From, book with { Calibration = one.Calibration })),
            ];
        }
    }

    private static Figures Read(NpgsqlDataReader row, int column) =>
        row.TextOrNull(column) is { } json ? JsonSerializer.Deserialize<Figures>(json)! : Figures.None;

    private sealed record StoredPlan(string Id, string Rules, int ActiveVersion, DateTimeOffset From, DateTimeOffset To);
}
