using LStep.Domain.Deciding;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LStep.Grains.Trials;

public sealed record ShadowCount(SetOutcome Live, SetOutcome Shadow, long Count);

/// <param name="Times">Evaluations of this customer that differed, of these two versions.</param>
public sealed record ShadowRow(string CustomerId, DateTimeOffset At, StatusTag Tag, SetOutcome Live, SetOutcome Shadow, long Times);

/// <summary>
/// Writes every few seconds and at the stop what the set in shadow asked for, and reads it. A process that is killed loses what it compared
/// since, and nothing else: nobody's status depends on it.
/// </summary>
public sealed class ShadowReports(PostgresDatabase database, ShadowCounts counts, ILogger<ShadowReports> log)
    : RepeatedWork(
        TimeSpan.FromSeconds(SecondsBetweenWrites), atOnce: false, "What the rules in shadow asked for could not be written", log)
{
    private const int SecondsBetweenWrites = 2;
    private const short Agreed = -1;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Once(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>How many evaluations agreed, and the kinds of those that did not.</summary>
    public async Task<(long Agreed, List<ShadowCount> Differed)> Counts(VersionPair pair, CancellationToken cancel)
    {
        var rows = await database.People.Use(
            connection => connection.Rows(
                "shadow_counts_of",
                row => (Kind: row.GetInt16(0), Count: new ShadowCount(Outcome(row, 0), Outcome(row, 2), row.GetInt64(4))), cancel,
                pair.Live, pair.Shadow), cancel);
        return (
            rows.Where(row => row.Kind == Agreed).Sum(row => row.Count.Count),
            [.. rows.Where(row => row.Kind != Agreed).Select(row => row.Count)]);
    }

    /// <summary>The latest first, before a place where one is given.</summary>
    public Task<List<ShadowRow>> Page(VersionPair pair, DateTimeOffset? before, string? beforeId, int rowsMax, CancellationToken cancel) =>
        database.People.Use(
            connection => connection.Rows(
                "shadow_differences_page", row => new ShadowRow(
                    row.GetString(0), row.Instant(1), StatusTags.Parse(row.GetString(2)), Outcome(row, 3), Outcome(row, 5),
                    row.GetInt64(7)),
                cancel, pair.Live, pair.Shadow, Db.Instant(before), Db.Text(beforeId), rowsMax), cancel);

    protected override async Task Once(CancellationToken stopping)
    {
        if (counts.Take() is not { } taken) return;
        var kinds = taken.Differed
            .Select(one => (Pair: one.Key.Item1, one.Key.Live, one.Key.Shadow, Action: (short)one.Key.Live.Action, Count: one.Value))
            .Concat(taken.Agreed.Select(
                one => (Pair: one.Key, Live: default(SetOutcome), Shadow: default(SetOutcome), Action: Agreed, Count: one.Value)))
            .ToList();
        var last = taken.Differences.Values.ToList();
        await database.Transaction(async connection =>
        {
            await connection.Execute(
                "shadow_counts_add", stopping, kinds.ConvertAll(one => one.Pair.Live), kinds.ConvertAll(one => one.Pair.Shadow),
                kinds.ConvertAll(one => one.Action), kinds.ConvertAll(one => Code(one.Live) ?? ""),
                kinds.ConvertAll(one => (short)one.Shadow.Action), kinds.ConvertAll(one => Code(one.Shadow) ?? ""),
                kinds.ConvertAll(one => one.Count));
            return await connection.Execute(
                "shadow_differences_store", stopping, last.ConvertAll(one => one.Last.CustomerId), last.ConvertAll(one => one.Pair.Live),
                last.ConvertAll(one => one.Pair.Shadow), Db.Instants(last.Select(one => one.Last.At)),
                last.ConvertAll(one => one.Last.Tag.Code()), last.ConvertAll(one => (short)one.Last.Live.Action),
                Db.Texts(last.Select(one => Code(one.Last.Live))), last.ConvertAll(one => (short)one.Last.Shadow.Action),
                Db.Texts(last.Select(one => Code(one.Last.Shadow))), last.ConvertAll(one => one.Times));
        }, stopping);
    }

    private static string? Code(SetOutcome outcome) => outcome.To?.Code();

    private static SetOutcome Outcome(NpgsqlDataReader row, int at) => new(
        (SetAction)Math.Max((short)0, row.GetInt16(at)), row.TextOrNull(at + 1) is { Length: > 0 } tag ? StatusTags.Parse(tag) : null);
}
