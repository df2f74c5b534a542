using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Campaigning;

/// <summary>
/// Campaigns in the API's shape: {name, on, from: [], firstTime, audience, whenSending, kind, holdoutPercent, onceInDays,
/// onHighValueReview, steps: [{number, afterMinutes, channel}], variants: [{name, weight}], promoted, payload, active}.
/// </summary>
public static class CampaignJson
{
    public const int CampaignsMax = 100;
    public const int StepsMax = 20;
    public const int VariantsMin = 2;
    public const int VariantsMax = 5;
    public const int WeightMax = 100;
    public const int AfterMinutesMax = 90 * 24 * 60;
    public const int OnceInDaysMax = 365;
    public const int NameCharsMax = 64;
    public const int PayloadBytesMax = 8 * 1024;
    public const int PayloadDepthMax = 8;

    /// <summary>What is wrong with a list is told up to here; who has read that much mends it first.</summary>
    public const int ErrorsMax = 100;

    /// <summary>
    /// What was stored or printed: the campaigns, or what keeps it from being read. Whether it can be published is not asked.
    /// </summary>
    public static Parsed<ImmutableArray<Campaign>> Parse(string json, string path = "campaigns")
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, path);
        }
        catch (JsonException)
        {
            return new Parsed<ImmutableArray<Campaign>>.Failed([new InputError(path, "not_json", "This is not JSON.")]);
        }
    }

    public static Parsed<ImmutableArray<Campaign>> Parse(JsonElement json, string path = "campaigns")
    {
        var reader = new CampaignReader();
        var read = reader.ReadList(json, path);
        return reader.Errors.Count > 0 ? new Parsed<ImmutableArray<Campaign>>.Failed([.. reader.Errors])
            : new Parsed<ImmutableArray<Campaign>>.Ok([.. read.Select(one => one.Campaign)]);
    }

    public static string Print(IEnumerable<Campaign> campaigns) => JsonText.Of(json =>
    {
        json.WriteStartArray();
        foreach (var campaign in campaigns) Write(json, campaign);
        json.WriteEndArray();
    });

    public static void Write(Utf8JsonWriter json, Campaign campaign)
    {
        json.WriteStartObject();
        json.WriteString("name", campaign.Name);
        json.WriteString("on", campaign.On.Code());
        json.WriteStartArray("from");
        foreach (var tag in campaign.From) json.WriteStringValue(tag.Code());
        json.WriteEndArray();
        json.WriteBoolean("firstTime", campaign.FirstTime);
        Condition(json, "audience", campaign.Audience);
        Condition(json, "whenSending", campaign.WhenSending);
        json.WriteString("kind", NameOf(campaign.Kind));
        json.WriteNumber("holdoutPercent", campaign.HoldoutPercent);
        json.WriteNumber("onceInDays", campaign.OnceInDays);
        json.WriteBoolean("onHighValueReview", campaign.OnHighValueReview);
        json.WriteStartArray("steps");
        foreach (var step in campaign.Steps) Write(json, step);
        json.WriteEndArray();
        json.WriteStartArray("variants");
        foreach (var variant in campaign.Variants)
        {
            json.WriteStartObject();
            json.WriteString("name", variant.Name);
            json.WriteNumber("weight", variant.Weight);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("promoted", campaign.Promoted);
        json.WritePropertyName("payload");
        json.WriteRawValue(campaign.Payload);
        json.WriteBoolean("active", campaign.Active);
        json.WriteEndObject();
    }

    public static string NameOf(CampaignKind kind) => kind switch
    {
        CampaignKind.Service => "service",
        CampaignKind.Marketing => "marketing",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    static void Write(Utf8JsonWriter json, CampaignStep step)
    {
        json.WriteStartObject();
        json.WriteNumber("number", step.Number);
        json.WriteNumber("afterMinutes", (int)step.After.TotalMinutes);
        json.WriteString("channel", step.Channel.Name());
        json.WriteEndObject();
    }

    static void Condition(Utf8JsonWriter json, string name, Condition? condition)
    {
        json.WritePropertyName(name);
        if (condition is null) json.WriteNullValue();
        else ConditionJson.Write(json, condition);
    }
}
