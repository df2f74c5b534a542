using Npgsql;

namespace LStep.System.Tests.Trials;

/// <summary>Every row that a decision, a person or a batch writes, as one text; a backtest's line in the audit log apart.</summary>
internal static class Written
{
    public static async Task<string> By(LStepHost host)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand("""
            SELECT md5(string_agg(row::text, ';' ORDER BY row::text)) FROM (
                SELECT s::text FROM customer_states s UNION ALL SELECT c::text FROM customers c UNION ALL SELECT a::text FROM activities a
                UNION ALL SELECT l::text FROM customer_status_assignments l UNION ALL SELECT d::text FROM decisions d
                UNION ALL SELECT r::text FROM reviews r UNION ALL SELECT b::text FROM evaluation_batches b
                UNION ALL SELECT v::text FROM rule_set_versions v UNION ALL SELECT t::text FROM status_transition_rules t
                UNION ALL SELECT f::text FROM flags f
                UNION ALL SELECT l::text FROM audit_log l WHERE what <> 'backtest.started') AS rows (row)
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
