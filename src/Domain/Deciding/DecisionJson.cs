using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LStep.Domain.Deciding;

// The shape of a stored decision record, member by member. Records live as long as their customers: a member may be added where reading
// does without it, and none may go, or change what it means.

sealed record RecordJson
{
    public int Format { get; init; } = 1;
    public required string CustomerId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required StatusTag Tag { get; init; }
    public required bool SettlesImport { get; init; }
    public int RuleSetVersion { get; init; }
    public required CalibrationJson? Calibration { get; init; }
    public DataJson? Data { get; init; }
    public required SeenJson Seen { get; init; }
    public required PolicyJson Policy { get; init; }
    public required GovernanceJson Governance { get; init; }
    public required ImmutableArray<RuleRecordJson> Rules { get; init; }
    public required OutcomeJson Outcome { get; init; }
}

/// <param name="Curves">Those of the rules that were looked at.</param>
sealed record CalibrationJson(int Number, ImmutableArray<CurveJson> Curves);

/// <param name="Steps">[from, value] each.</param>
sealed record CurveJson(int RuleId, ImmutableArray<ImmutableArray<decimal>> Steps);

/// <summary>For people: which data the decision was made on.</summary>
sealed record DataJson(long Version, DateTimeOffset TagSince, long Activities, DateTimeOffset? LastLoginAt, DateTimeOffset? LastActivityAt);

/// <summary>What decides beside the clauses.</summary>
sealed record SeenJson(
    int DaysObserved, int? UsualGapDays, decimal? DaysSinceLogin, int ConflictingSignals, string? Tier, decimal? LtvValue);

sealed record PolicyJson(bool AutoApply, int RolloutPercentage);

sealed record GovernanceJson(
    DateTimeOffset? DwellFrom, DateTimeOffset? ManualUntil, DateTimeOffset? LockedUntil, ImmutableArray<Silence> Silences,
    ImmutableArray<RecentMove> Moves, OpenReview? Review);

sealed record RuleRecordJson
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required StatusTag To { get; init; }
    public required int Priority { get; init; }
    public required bool Automatic { get; init; }
    public required bool RequiresApproval { get; init; }
    public required bool UsualRhythm { get; init; }

    [JsonConverter(typeof(ConditionConverter))]
    public required Condition Conditions { get; init; }

    public bool Met { get; init; }
    public decimal? Confidence { get; init; }
    public decimal? CalibratedConfidence { get; init; }
    public string? Held { get; init; }
    public string? LostBecause { get; init; }
    public required ImmutableArray<ClauseJson> Clauses { get; init; }
}

sealed record ClauseJson
{
    public required string Metric { get; init; }
    public string? Operator { get; init; }

    /// <summary>JSON.</summary>
    [JsonConverter(typeof(RawConverter))]
    public string? Threshold { get; init; }

    [JsonConverter(typeof(MetricValueConverter))]
    public required MetricValue Observed { get; init; }

    public bool Met { get; init; }
    public decimal Margin { get; init; }
    public decimal Evidence { get; init; }
}

sealed record OutcomeJson(
    string Action, int RuleId, string? Rule, StatusTag To, decimal Confidence, decimal? CalibratedConfidence,
    ImmutableArray<string> Reasons, string? Closes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Held = null);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RecordJson))]
sealed partial class DecisionJson : JsonSerializerContext
{
    /// <summary>Escapes as little as <see cref="JsonText"/>, for the same reason.</summary>
    public static DecisionJson Stored { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JsonText.Plain.Encoder,
        Converters = { new StatusTagConverter() },
    });
}

/// <summary>ST_001 to ST_006.</summary>
sealed class StatusTagConverter : JsonConverter<StatusTag>
{
    public override StatusTag Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && StatusTags.TryParse(reader.GetString()!, out var tag) ? tag
            : throw new JsonException("no such tag");

    public override void Write(Utf8JsonWriter writer, StatusTag value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Code());
}

sealed class ConditionConverter : JsonConverter<Condition>
{
    public override Condition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return ConditionJson.Parse(document.RootElement) is Parsed<Condition>.Ok conditions ? conditions.Value
            : throw new JsonException("these are no conditions");
    }

    public override void Write(Utf8JsonWriter writer, Condition value, JsonSerializerOptions options) => ConditionJson.Write(writer, value);
}

/// <summary>A value whose text is JSON already.</summary>
sealed class RawConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
}

/// <summary>A number, a text, a list of texts, or null.</summary>
sealed class MetricValueConverter : JsonConverter<MetricValue>
{
    public override bool HandleNull => true;

    public override MetricValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number: return new MetricValue(Number: reader.GetDecimal());
            case JsonTokenType.String: return new MetricValue(Text: reader.GetString());
            case JsonTokenType.StartArray:
                var list = ImmutableArray.CreateBuilder<string>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Add(reader.GetString() ?? throw new JsonException("a list of texts"));
                return new MetricValue(List: list.DrainToImmutable());
            case JsonTokenType.Null: return default;
            default: throw new JsonException("no value of a metric");
        }
    }

    public override void Write(Utf8JsonWriter writer, MetricValue value, JsonSerializerOptions options) =>
        MetricValueJson.Write(writer, value);
}
