using System.Text.Json;

namespace LStep.Domain.Deciding;

/// <summary>A metric's value in JSON, in decision records and answers alike: a number, a text, a list of texts or null.</summary>
public static class MetricValueJson
{
    public static void Write(Utf8JsonWriter writer, MetricValue value)
    {
        if (value.Number is { } number) writer.WriteNumberValue(number);
        else if (value.Text is { } text) writer.WriteStringValue(text);
        else if (value.List is { } list)
        {
            writer.WriteStartArray();
            foreach (var item in list) writer.WriteStringValue(item);
            writer.WriteEndArray();
        }
        else writer.WriteNullValue();
    }
}
