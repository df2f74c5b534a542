using LStep.Domain.Analysing;
using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Analytics;

/// <summary>Goals and baselines that people set.</summary>
public sealed class KpiGoals(PostgresDatabase database)
{
    /// <summary>Sets both, with who did it beside it; null is the default again.</summary>
    /// <returns>When, by the database's clock.</returns>
    public Task<DateTimeOffset> Set(KpiKind kind, KpiSetting set, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var name = kind.Name();
            await connection.Execute("kpi_goal_hold", cancel, name);
            var before = (await connection.Rows(
                "kpi_goal_lock", row => new { goal = NumberOrNull(row, 0), baseline = NumberOrNull(row, 1) }, cancel, name))[0];
            var at = (await connection.Rows(
                "kpi_goal_set", row => row.Instant(0), cancel, name, Number(set.Goal), Number(set.Baseline), by.Name))[0];
            await connection.Write(
                new AuditEntry(by, "kpi.changed", name, before, new { goal = set.Goal, baseline = set.Baseline }), cancel);
            return at;
        }, cancel);

    internal static double? NumberOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private static NpgsqlParameter Number(double? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Double, Value = value is { } number ? number : DBNull.Value };
}
