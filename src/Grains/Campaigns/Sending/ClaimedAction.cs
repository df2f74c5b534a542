using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>An action that is due, as the tables hold it.</summary>
internal sealed record ClaimedAction(
    long Id, string CustomerId, CauseKind Cause, string Campaign, int Step, string? Variant, Channel Channel, CampaignKind Kind,
    StatusTag? Tag, long? TransitionId, DateTimeOffset ScheduledFor, DateTimeOffset DueAt, DateTimeOffset CauseDueAt,
    DateTimeOffset CauseAt, bool IsRepeat, int Tries, DateTimeOffset? FirstTryAt, Guid Key, bool Undone)
{
    public static ClaimedAction Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), (CauseKind)row.GetInt16(2), row.GetString(3), row.GetInt16(4), row.TextOrNull(5),
        (Channel)row.GetInt16(6), (CampaignKind)row.GetInt16(7), row.TextOrNull(8) is { } tag ? StatusTags.Parse(tag) : null,
        row.LongOrNull(9), row.Instant(10), row.Instant(11), row.Instant(12), row.Instant(13), row.GetBoolean(14), row.GetInt16(15),
        row.InstantOrNull(16), row.GetGuid(17), row.GetBoolean(18));

    public DueAction Due(CampaignSet set) => new(
        Campaign, set.Named(Campaign), Channel, Kind, Tag, ScheduledFor, CauseDueAt, CauseAt, Undone, IsRepeat, Step);
}
