using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Fluid.Values;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>Values of Liquid as JSON.</summary>
internal static class LiquidJson
{
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static string Write(FluidValue value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Encoder, MaxDepth = 32 })) Write(writer, value);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, FluidValue value)
    {
        switch (value)
        {
            case NumberValue: writer.WriteNumberValue(value.ToNumberValue()); break;
            case BooleanValue: writer.WriteBooleanValue(value.ToBooleanValue()); break;
            case StringValue: writer.WriteStringValue(value.ToStringValue()); break;
            case ArrayValue list:
                writer.WriteStartArray();
                foreach (var item in list.Values) Write(writer, item);
                writer.WriteEndArray();
                break;
            case DictionaryValue when value.ToObjectValue() is IFluidIndexable members:
                writer.WriteStartObject();
                foreach (var name in members.Keys)
                {
                    writer.WritePropertyName(name);
                    if (members.TryGetValue(name, out var member)) Write(writer, member);
                    else writer.WriteNullValue();
                }
                writer.WriteEndObject();
                break;
            default: writer.WriteNullValue(); break;
        }
    }
}
