using System.Collections.Immutable;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;
using LStep.Silo;
using LStep.Workbench.Auditing;
using Npgsql;

namespace LStep.Workbench.Faults;

/// <summary>What must hold in a database whatever happened to the processes that wrote it. Every line should be 0.</summary>
public sealed class Audit(string connectionString)
{
    public const string Missing = "acknowledged and missing";
    public const string Twice = "applied twice";
    public const string Unasked = "stored and never acknowledged";
    public const string HubGaps = "hub gaps: lost, repeated or out of order";
    public const string WithoutActions = "transitions without their actions";
    public const string WithoutTransition = "actions without a transition";
    public const string VerifyDifferences = "verify: differences";

    /// <param name="acknowledged">All that was sent: each message was sent again until it was acknowledged.</param>
    /// <param name="asOf">What was due by then should be done.</param>
    public async Task<ImmutableArray<AuditLine>> Run(
        IReadOnlyCollection<KnownId> acknowledged, DateTimeOffset asOf, CancellationToken cancel = default) =>
        [.. await Activities(acknowledged, cancel), .. await Consequences(cancel), await Verified(asOf, cancel)];

    /// <summary>
    /// Compares what each client of the hub received with the ledger, up to an id that each of them should have.
    /// </summary>
    public async Task<AuditLine> Hub(IEnumerable<IReadOnlyCollection<long>> heard, long through, CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var ledger = (await Rows(source, "audit_ledger", row => row.GetInt64(0), cancel)).FindAll(id => id <= through);
        var gaps = heard.Select(one => Gaps(ledger, [.. one.Where(id => id <= through)])).ToList();
        return new AuditLine(HubGaps, gaps.Sum(gap => gap.Count), gaps.Select(gap => gap.First).FirstOrDefault(first => first is not null));
    }

    /// <summary>Ids that one side has and the other has not, or not in that place.</summary>
    public static (long Count, string? First) Gaps(IReadOnlyCollection<long> ledger, IReadOnlyCollection<long> heard)
    {
        var lost = ledger.Except(heard).ToList();
        var (repeated, late, before) = (new List<long>(), new List<long>(), 0L);
        var seen = new HashSet<long>();
        foreach (var id in heard)
        {
            if (!seen.Add(id)) repeated.Add(id);
            else if (id < before) late.Add(id);
            before = Math.Max(before, id);
        }
        var invented = seen.Except(ledger).ToList();
        return (lost.Count + repeated.Count + late.Count + invented.Count,
            lost.Count > 0 ? $"lost {lost[0]}" : repeated.Count > 0 ? $"repeated {repeated[0]}" : late.Count > 0
                ? $"out of order {late[0]}" : invented.Count > 0 ? $"not in the ledger {invented[0]}" : null);
    }

    private async Task<IEnumerable<AuditLine>> Activities(IReadOnlyCollection<KnownId> acknowledged, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var stored = (await Rows(
            source, "audit_activities", row => (new KnownId(row.GetString(0), row.GetString(1)), row.GetInt64(2)), cancel)).ToDictionary();
        var asked = acknowledged.ToHashSet();
        return
        [
            Line(Missing, [.. asked.Where(id => !stored.ContainsKey(id))]),
            Line(Twice, [.. stored.Where(entry => entry.Value != 1).Select(entry => entry.Key)]),
            Line(Unasked, [.. stored.Keys.Where(id => !asked.Contains(id))]),
        ];

        static AuditLine Line(string what, List<KnownId> found) =>
            new(what, found.Count, found.Count == 0 ? null : $"{found[0].Customer} {found[0].Message}");
    }

    /// <summary>What commits must not have left undone, campaigns included.</summary>
    public async Task<IEnumerable<AuditLine>> Consequences(CancellationToken cancel = default)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        return await Rows(source, "audit_consequences", row => new AuditLine(
            row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetString(2)), cancel);
    }

    /// <summary>As of the last moment at which a silo is known to have done what was due.</summary>
    public async Task<AuditLine> Verified(CancellationToken cancel = default)
    {
        await using var database = new PostgresDatabase(connectionString);
        return await Verified(await new Settings(database).LastAtWork(MachineClock.Instance.Now(), cancel), cancel);
    }

    /// <summary>What was due by an instant should be done.</summary>
    public async Task<AuditLine> Verified(DateTimeOffset asOf, CancellationToken cancel)
    {
        await using var database = new PostgresDatabase(connectionString);
        var calendar = new BusinessCalendar(await new Settings(database).BusinessZone("UTC", cancel));
        var model = await LiveModels.One(database, await LiveModels.Number(database, cancel), cancel);
        var book = new Rulebook(await new RuleSets(database).Newest(cancel), new Policy(), calendar, Model: model);
        var verified = await new Verify(database, new DailyRows(database), new FigureRows(database)).Run(book, asOf, cancel: cancel);
        return new AuditLine(VerifyDifferences, verified.Count, verified.Differences.IsEmpty ? null : verified.Differences[0].ToString());
    }

    private static async Task<List<T>> Rows<T>(
        NpgsqlDataSource source, string query, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(WorkbenchSql.Query(query));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }
}
