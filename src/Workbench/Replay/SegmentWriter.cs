using System.Buffers;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Grains.People;
using LStep.Workbench.Simulation;

namespace LStep.Workbench.Replay;

/// <summary>Writes messages as a Segment SDK would send them.</summary>
public sealed class SegmentWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(512);

    public SegmentMessage Track(
        string messageId, string userId, DateTimeOffset at, string name, Action<Utf8JsonWriter>? properties, bool mobile = false) =>
        Message("track", messageId, userId, at, ("event", name), "properties", properties, mobile);

    public SegmentMessage Page(
        string messageId, string userId, DateTimeOffset at, string name, Action<Utf8JsonWriter>? properties, bool mobile = false) =>
        Message("page", messageId, userId, at, ("name", name), "properties", properties, mobile);

    public SegmentMessage Identify(string messageId, string userId, DateTimeOffset at, Action<Utf8JsonWriter> traits) =>
        Message("identify", messageId, userId, at, null, "traits", traits, mobile: false);

    private SegmentMessage Message(
        string type, string messageId, string userId, DateTimeOffset at, (string Key, string Value)? name, string bag,
        Action<Utf8JsonWriter>? fill, bool mobile)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("messageId", messageId);
            json.WriteString("userId", userId);
            json.WriteString("timestamp", MessageTime.Text(at));
            if (name is { } named) json.WriteString(named.Key, named.Value);
            json.WriteStartObject(bag);
            fill?.Invoke(json);
            json.WriteEndObject();
            if (mobile) WriteMobileContext(json);
            json.WriteEndObject();
        }
        return new SegmentMessage(userId, at, buffer.WrittenSpan.ToArray());
    }

    private static void WriteMobileContext(Utf8JsonWriter json)
    {
        json.WriteStartObject("context");
        json.WriteStartObject("device");
        json.WriteString("type", "ios");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
