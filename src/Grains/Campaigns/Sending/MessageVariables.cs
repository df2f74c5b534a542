using System.Buffers;
using System.Text;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>Where links of a message lead.</summary>
internal sealed record MessageAddresses(Uri? Unsubscribe, Uri? Preferences, Uri? Customer, Uri? App);

/// <summary>Writes what templates are filled with: docs/templates.md describes each variable.</summary>
internal static class MessageVariables
{
    public static string Of(
        ClaimedAction action, Campaign? campaign, CustomerState state, Measures measures, MessageFacts facts, MessageAddresses links,
        Brand brand)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            Customer(json, state);
            Status(json, state);
            Measured(json, measures);
            Path(json, action, facts);
            Review(json, state);
            json.WriteStartObject("campaign");
            json.WriteString("name", action.Campaign);
            json.WriteNumber("step", action.Step);
            Raw(json, "payload", campaign?.Payload ?? "{}");
            json.WriteEndObject();
            json.WriteStartObject("links");
            json.WriteString("app", links.App?.AbsoluteUri);
            json.WriteString("unsubscribe", links.Unsubscribe?.AbsoluteUri);
            json.WriteString("preferences", links.Preferences?.AbsoluteUri);
            json.WriteString("customer", links.Customer?.AbsoluteUri);
            json.WriteEndObject();
            Learning(json, facts);
            json.WriteStartObject("brand");
            json.WriteString("name", brand.Name);
            json.WriteString("address", brand.Address);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Customer(Utf8JsonWriter json, CustomerState state)
    {
        var profile = state.Profile;
        json.WriteStartObject("customer");
        json.WriteString("id", state.CustomerId);
        json.WriteString("name", profile.Name);
        json.WriteString("first_name", profile.Name?.Split(' ', 2)[0]);
        json.WriteString("email", profile.Email);
        json.WriteString("tier", Tiers.Name(profile.Tier));
        json.WriteString("product_tag", Tiers.ProductTag(profile.Tier));
        if (profile.LtvValue is { } ltv) json.WriteNumber("ltv_value", ltv);
        json.WriteString("timezone", profile.Timezone);
        json.WriteString("locale", profile.Locale);
        Raw(json, "traits", Views.Json(profile.Traits));
        Instant(json, "last_activity_at", state.Lifetime.LastActivityAt);
        Instant(json, "last_login_at", state.Lifetime.LastLoginAt);
        json.WriteEndObject();
    }

    private static void Status(Utf8JsonWriter json, CustomerState state)
    {
        json.WriteStartObject("status");
        json.WriteString("tag", state.Tag.Code());
        json.WriteString("name", state.Tag.DisplayName());
        Instant(json, "since", state.TagSince);
        json.WriteString("previous", state.PreviousTag?.Code());
        json.WriteEndObject();
    }

    private static void Measured(Utf8JsonWriter json, Measures measures)
    {
        json.WriteStartObject("scores");
        foreach (var (name, week, month) in ScoreMetrics)
        {
            Number(json, name, measures, week);
            Number(json, name + "_30d", measures, month);
        }
        json.WriteString("trend", Trends.Name(measures.ScoreTrend));
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (var metric in Metrics.All) Value(json, Metrics.Name(metric), measures[metric]);
        json.WriteEndObject();
        json.WriteStartArray("indicators");
        foreach (var one in Indicators.All)
        {
            if (!measures.Raised.HasFlag(one)) continue;
            json.WriteStartObject();
            json.WriteString("type", Indicators.Name(one));
            json.WriteString("severity", Indicators.Name(Indicators.SeverityOf(one)));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("progress");
        Number(json, "modules", measures, Metric.ModulesCompleted);
        Number(json, "lessons", measures, Metric.LessonsCompleted);
        Number(json, "curriculum_completion", measures, Metric.CurriculumCompletion);
        json.WriteEndObject();
    }

    private static readonly (string Name, Metric Week, Metric Month)[] ScoreMetrics =
    [
        ("engagement", Metric.EngagementScore, Metric.EngagementScore30d), ("progress", Metric.ProgressScore, Metric.ProgressScore30d),
        ("community", Metric.CommunityScore, Metric.CommunityScore30d),
        ("overall", Metric.OverallHealthScore, Metric.OverallHealthScore30d),
    ];

    private static void Path(Utf8JsonWriter json, ClaimedAction action, MessageFacts facts)
    {
        json.WriteStartArray("path");
        foreach (var row in facts.Path.Reverse())
        {
            json.WriteStartObject();
            json.WriteString("tag", row.Tag.Code());
            json.WriteString("name", row.Tag.DisplayName());
            Instant(json, "at", row.DueAt);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (action.TransitionId is not { } id || facts.Path.FirstOrDefault(row => row.Id == id) is not { } started)
        {
            json.WriteNull("transition");
            return;
        }
        json.WriteStartObject("transition");
        json.WriteNumber("id", id);
        json.WriteString("from", started.From?.Code());
        json.WriteString("to", started.Tag.Code());
        Instant(json, "at", started.At);
        json.WriteString("rule", started.Rule);
        json.WriteString("reason", started.Reason);
        json.WriteEndObject();
    }

    private static void Review(Utf8JsonWriter json, CustomerState state)
    {
        if (state.Governance.Review is not { } review)
        {
            json.WriteNull("review");
            return;
        }
        json.WriteStartObject("review");
        json.WriteString("id", review.Id);
        json.WriteString("from", review.From.Code());
        json.WriteString("to", review.To.Code());
        json.WriteString("rule", review.Rule);
        json.WriteNumber("confidence", review.Confidence);
        json.WriteStartArray("reasons");
        foreach (var reason in review.Reasons) json.WriteStringValue(reason);
        json.WriteEndArray();
        Instant(json, "opened_at", review.OpenedAt);
        json.WriteEndObject();
    }

    private static void Learning(Utf8JsonWriter json, MessageFacts facts)
    {
        json.WriteStartArray("last_lessons");
        foreach (var lesson in facts.Learning?.Lessons ?? []) Learned(json, lesson);
        json.WriteEndArray();
        json.WritePropertyName("weakest_assessment");
        if (facts.Learning?.Weakest is { } weakest) Learned(json, weakest);
        else json.WriteNullValue();
        json.WriteNull("next_content");
        json.WriteString("preferred_kind", facts.Learning?.PreferredKind is { } kind
            ? JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()) : null);
        if (facts.Learning?.PreferredHour is { } hour) json.WriteNumber("preferred_hour", hour);
        json.WriteStartArray("sent_messages");
        foreach (var (campaign, channel, at) in facts.Sent)
        {
            json.WriteStartObject();
            json.WriteString("campaign", campaign);
            json.WriteString("channel", channel.Name());
            Instant(json, "sent_at", at);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Learned(Utf8JsonWriter json, Learned learned)
    {
        json.WriteStartObject();
        json.WriteString("id", learned.Subject);
        json.WriteString("name", learned.Name ?? learned.Subject);
        if (learned.Score is { } score) json.WriteNumber("score", score);
        Instant(json, "at", learned.At);
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, string name, MetricValue value)
    {
        if (value.Number is { } number) json.WriteNumber(name, number);
        else if (value.Text is { } text) json.WriteString(name, text);
        else if (value.List is { } list)
        {
            json.WriteStartArray(name);
            foreach (var item in list) json.WriteStringValue(item);
            json.WriteEndArray();
        }
        else json.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter json, string name, Measures measures, Metric metric)
    {
        if (measures.TryNumber(metric, out var number)) json.WriteNumber(name, number);
    }

    private static void Instant(Utf8JsonWriter json, string name, DateTimeOffset? at)
    {
        if (at is { } instant) json.WriteString(name, instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null));
    }

    private static void Raw(Utf8JsonWriter json, string name, string text)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(text);
    }
}

/// <summary>Who sends: stands in the footer of mails.</summary>
public sealed record Brand(string Name, string? Address);
