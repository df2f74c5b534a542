using LStep.Grains.Database;

namespace LStep.Grains.Rules;

public sealed record FlagRow(string Name, string Value, DateTimeOffset ChangedAt, string ChangedBy);

/// <summary>Flags as they are set.</summary>
public sealed class FlagReads(PostgresDatabase database)
{
    public Task<List<FlagRow>> Flags(CancellationToken cancel) => database.People.Use(
        connection => connection.Rows(
            "flags_all", row => new FlagRow(row.GetString(0), row.GetString(1), row.Instant(2), row.GetString(3)), cancel), cancel);
}
