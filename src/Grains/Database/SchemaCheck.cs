using Npgsql;

namespace LStep.Grains.Database;

/// <summary>
/// Whether the tables have what this build's queries ask for: PostgreSQL looks at each of them and says what it does not find.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>A sentence about the first thing that is missing; null when nothing is.</summary>
    public static async Task<string?> Missing(NpgsqlConnection connection, CancellationToken cancel)
    {
        foreach (var name in Sql.QueryNames)
            try
            {
                // Prepared and never asked; the session forgets it when it ends.
                await using var look = connection.Named(name);
                await look.PrepareAsync(cancel);
            }
            catch (PostgresException e) when (e.SqlState
                is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
            {
                return $"The database is damaged: {e.MessageText}, which this build needs (query {name}). Restore it from a backup, or "
                    + "make it anew by hand as sql/migrations has it.";
            }
            catch (PostgresException e) when (e.SqlState.StartsWith("42", StringComparison.Ordinal))
            {
                // One whose parameters have no type until they are there.
            }
        return null;
    }
}
