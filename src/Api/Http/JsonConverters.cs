using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using LStep.Domain.Deciding;
using LStep.Grains.Database;

namespace LStep.Api.Http;

public sealed class TagConverter : JsonConverter<StatusTag>
{
    public override StatusTag Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && StatusTags.TryParse(reader.GetString(), out var tag)
            ? tag
            : throw new JsonException("A status tag is one of ST_001 to ST_006.");

    public override void Write(Utf8JsonWriter writer, StatusTag value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Code());

    public override StatusTag ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        StatusTags.TryParse(reader.GetString(), out var tag) ? tag : throw new JsonException("A status tag is one of ST_001 to ST_006.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, StatusTag value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Code());
}

/// <summary>Instants are UTC and whole milliseconds; one without an offset is taken as UTC.</summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Instants.TryParse(reader.GetString(), out var at)
            ? at
            : throw new JsonException("An instant is ISO-8601, such as 2026-01-02T03:04:05.678Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Json.Instant(value));
}

public sealed class MetricValueConverter : JsonConverter<MetricValue>
{
    public override MetricValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => default,
            JsonTokenType.Number => new MetricValue(Number: reader.GetDecimal()),
            JsonTokenType.String => new MetricValue(Text: reader.GetString()),
            JsonTokenType.StartArray => new MetricValue(List: JsonSerializer.Deserialize<ImmutableArray<string>>(ref reader, options)),
            _ => throw new JsonException("A metric's value is a number, a text, a list of texts or null."),
        };

    public override void Write(Utf8JsonWriter writer, MetricValue value, JsonSerializerOptions options) =>
        MetricValueJson.Write(writer, value);
}

public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawJson(document.RootElement.GetRawText());
    }

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Text);
}
