using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>One row of the path of tags.</summary>
internal sealed record PathRow(
    int Number, long Id, StatusTag Tag, StatusTag? From, DateTimeOffset At, DateTimeOffset DueAt, string? Rule, string Reason);

/// <summary>A message of before.</summary>
internal readonly record struct SentMessage(string Campaign, Channel Channel, DateTimeOffset At);

/// <summary>What a message says beside what the state knows.</summary>
/// <param name="Path">The tags that stand, the newest first, at most <see cref="CampaignLimits.PathMax"/>.</param>
/// <param name="Learning">Of the log; null where no message asks for it.</param>
/// <param name="Sent">The latest messages; none where no message asks for them.</param>
internal sealed record MessageFacts(ImmutableArray<PathRow> Path, LearningFacts? Learning, ImmutableArray<SentMessage> Sent);

/// <summary>What several messages say, read at once.</summary>
internal sealed class FactsOfMany
{
    /// <summary>The campaigns whose words name lessons and habits, and messages of before: only for them they are read.</summary>
    private const string WithLearning = "custom_learning_path", WithMessages = "churn_notice";

    private readonly ILookup<string, PathRow> paths;
    private readonly ILookup<string, Learned> learned;
    private readonly ILookup<string, SentMessage> sent;

    private FactsOfMany(ILookup<string, PathRow> paths, ILookup<string, Learned> learned, ILookup<string, SentMessage> sent) =>
        (this.paths, this.learned, this.sent) = (paths, learned, sent);

    /// <param name="messages">Customer and campaign of each.</param>
    /// <param name="asOf">The earliest instant of them.</param>
    public static async Task<FactsOfMany> Read(
        NpgsqlConnection connection, IReadOnlyCollection<(string Customer, string Campaign)> messages, DateTimeOffset asOf,
        CancellationToken cancel)
    {
        string[] all = [.. messages.Select(message => message.Customer).Distinct()], learners = Of(WithLearning), told = Of(WithMessages);
        var paths = await connection.Rows(
            "campaign_paths", row => (Customer: row.GetString(0), Row: new PathRow(
                row.GetInt32(1), row.GetInt64(2), StatusTags.Parse(row.GetString(3)),
                row.TextOrNull(4) is { } from ? StatusTags.Parse(from) : null, row.Instant(5), row.Instant(6), row.TextOrNull(7),
                row.GetString(8))), cancel, (object)all);
        var learned = learners.Length == 0 ? Enumerable.Empty<Learned>().ToLookup(_ => "")
            : await LearningFacts.Rows(connection, learners, asOf, cancel);
        var sent = told.Length == 0 ? [] : await connection.Rows(
            "campaign_sent_messages", row => (Customer: row.GetString(0), Row: new SentMessage(
                row.GetString(1), (Channel)row.GetInt16(2), row.Instant(3))), cancel, told, CampaignLimits.SentMessagesMax);
        return new FactsOfMany(
            paths.ToLookup(one => one.Customer, one => one.Row, StringComparer.Ordinal), learned,
            sent.ToLookup(one => one.Customer, one => one.Row, StringComparer.Ordinal));

        string[] Of(string campaign) =>
            [.. messages.Where(message => message.Campaign == campaign).Select(message => message.Customer).Distinct()];
    }

    public ImmutableArray<PathRow> PathOf(string customer) => [.. paths[customer].Take(CampaignLimits.PathMax)];

    public MessageFacts For(string customer, string campaign, DateTimeOffset at, TimeZoneInfo zone) => new(
        PathOf(customer),
        campaign == WithLearning ? LearningFacts.Of(learned[customer], at, zone) : null,
        campaign == WithMessages ? [.. sent[customer]] : []);
}
