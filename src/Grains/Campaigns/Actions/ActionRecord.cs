using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Actions;

/// <summary>An action as it stands.</summary>
/// <param name="DueAt">When it is looked at next; null once it has come to its end.</param>
/// <param name="Tries">How often it was given to its channel.</param>
public sealed record ActionRecord(
    long Id, string CustomerId, string Campaign, int Step, string? Variant, Channel Channel, CampaignKind Kind, long? TransitionId,
    DateTimeOffset ScheduledFor, DateTimeOffset? DueAt, ActionStatus Status, string? Reason, DateTimeOffset? SentAt, int Tries, Guid Key)
{
    internal static ActionRecord Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt16(3), row.TextOrNull(4), (Channel)row.GetInt16(5),
        (CampaignKind)row.GetInt16(6), row.LongOrNull(7), row.Instant(8), row.InstantOrNull(9), (ActionStatus)row.GetInt16(10),
        row.TextOrNull(11), row.InstantOrNull(12), row.GetInt16(13), row.GetGuid(14));
}
