using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Feedback;

/// <summary>What links and feedback need to know of an action.</summary>
/// <param name="SentAt">Null where nobody said that it was taken.</param>
public sealed record MessageAction(
    long Id, string CustomerId, string Campaign, int Step, Channel Channel, Guid Key, DateTimeOffset? SentAt)
{
    internal static MessageAction Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt32(3), (Channel)row.GetInt16(4), row.GetGuid(5),
        row.InstantOrNull(6));
}
