using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Tasks;

/// <summary>What a person has to do for a customer.</summary>
/// <param name="ActionId">The action that it came by.</param>
/// <param name="DueAt">Until when; null where nothing presses.</param>
/// <param name="CompletedAt">Null while it waits.</param>
public sealed record HumanTask(
    long Id, string CustomerId, long ActionId, string Assignee, string Task, string Detail, string Priority, DateTimeOffset CreatedAt,
    DateTimeOffset? DueAt, DateTimeOffset? CompletedAt, string? CompletedBy, string? Note)
{
    internal static HumanTask Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.Instant(7), row.InstantOrNull(8), row.InstantOrNull(9), row.TextOrNull(10), row.TextOrNull(11));
}
