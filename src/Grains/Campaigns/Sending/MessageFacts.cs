using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>One row of the path of tags.</summary>
internal sealed record PathRow(
    int Number, long Id, StatusTag Tag, StatusTag? From, DateTimeOffset At, DateTimeOffset DueAt, string? Rule, string Reason);

/// <summary>What a message says beside what the state knows.</summary>
/// <param name="Path">The tags that stand, the newest first, at most <see cref="CampaignLimits.PathMax"/>.</param>
/// <param name="Learning">Of the log; null where no message asks for it.</param>
/// <param name="Sent">The latest messages; none where no message asks for them.</param>
internal sealed record MessageFacts(
    ImmutableArray<PathRow> Path, LearningFacts? Learning, ImmutableArray<(string Campaign, Channel Channel, DateTimeOffset At)> Sent)
{
    /// <summary>The campaigns whose words name lessons and habits, and messages of before: only for them they are read.</summary>
    private const string WithLearning = "custom_learning_path", WithMessages = "churn_notice";

    public static async Task<ImmutableDictionary<string, ImmutableArray<PathRow>>> Paths(
        NpgsqlConnection connection, string[] customers, CancellationToken cancel) =>
        (await connection.Rows(
            "campaign_paths", row => (Customer: row.GetString(0), Row: new PathRow(
                row.GetInt32(1), row.GetInt64(2), StatusTags.Parse(row.GetString(3)),
                row.TextOrNull(4) is { } from ? StatusTags.Parse(from) : null, row.Instant(5), row.Instant(6), row.TextOrNull(7),
                row.GetString(8))), cancel, (object)customers))
        .GroupBy(one => one.Customer).ToImmutableDictionary(
            one => one.Key, one => one.Select(row => row.Row).Take(CampaignLimits.PathMax).ToImmutableArray(), StringComparer.Ordinal);

    public static async Task<MessageFacts> Of(
        NpgsqlConnection connection, string customer, string campaign, ImmutableArray<PathRow> path, DateTimeOffset at, TimeZoneInfo zone,
        CancellationToken cancel) => new(
        path.IsDefault ? [] : path,
        campaign == WithLearning ? await LearningFacts.Of(connection, customer, at, zone, cancel) : null,
        campaign != WithMessages ? [] : [.. await connection.Rows(
            "campaign_sent_messages", row => (row.GetString(0), (Channel)row.GetInt16(1), row.Instant(2)), cancel, customer,
            CampaignLimits.SentMessagesMax)]);
}
