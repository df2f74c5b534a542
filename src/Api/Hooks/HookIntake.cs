using System.Buffers;
using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Grains;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Customers;
using LStep.Grains.Ingest;

namespace LStep.Api.Hooks;

/// <summary>
/// Makes the events of one delivery durable: as messages on the way of all messages, or in the list of refused ones. So a platform is
/// never asked to send again what would fail again.
/// </summary>
public sealed class HookIntake(Recorder recorder, PeopleByAddress people, RejectedEvents rejected, TimeProvider clock)
{
    public const int EventsMax = 1_000;

    private const string MappingFailed = "mapping_failed";

    /// <summary>The events of a delivery: one, or a list of them.</summary>
    /// <exception cref="MalformedBodyException">There are too many.</exception>
    internal static IReadOnlyList<JsonElement> Events(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array) return [body];
        if (body.GetArrayLength() > EventsMax)
            throw new MalformedBodyException("too_many_events", $"A delivery may bring {EventsMax} events at most.");
        return [.. body.EnumerateArray()];
    }

    /// <summary>What each event becomes; an event that the mapping fails at is kept as it came.</summary>
    internal async Task<HookMapped> Map(HookSource source, IReadOnlyList<JsonElement> events, JsonElement headers)
    {
        var mapped = new HookMapped();
        var failed = new List<RejectedEvent>();
        foreach (var (index, one) in events.Index())
            try
            {
                var messages = source.Messages(one, headers);
                mapped.Messages.AddRange(messages);
                if (messages.Count == 0) mapped.Ignored++;
            }
            catch (TemplateException trouble)
            {
                mapped.Rejected.Add(new RejectedMessage(index, null, MappingFailed, trouble.Message));
                failed.Add(new RejectedEvent(
                    MappingFailed, Characters.Storable(trouble.Message, KeptLimits.RejectedBodyCharsMax)!, null, null,
                    Characters.Storable(one.GetRawText(), KeptLimits.RejectedBodyCharsMax)!));
            }
        if (failed.Count > 0) await rejected.Keep(IngestClock.Now(clock), failed, source.KeyId);
        Telemetry.Hooked(source.Name, events.Count - mapped.Ignored - failed.Count, mapped.Ignored, failed.Count);
        return mapped;
    }

    /// <remarks>What it throws may be transient: what was recorded by then is known when the delivery comes again.</remarks>
    internal async Task<HookReply> Take(HookSource source, HookMapped mapped, CancellationToken cancel)
    {
        if (mapped.Messages.Count > 0)
        {
            var byAddress = await people.Of([.. mapped.Messages.Select(message => message.Email).OfType<string>().Distinct()], cancel);
            foreach (var message in mapped.Messages)
                if (message.Email is { } email) message.IsOf(byAddress.GetValueOrDefault(email, email));
            var body = Batch(mapped.Messages);
            var outcomes = await recorder.Record(
                body, Envelope.ReadBatch(body.Span), recorder.ReceptionOf(null, ActivityOrigin.Hook, source.KeyId));
            mapped.Rejected.AddRange(outcomes.Index().Where(item => item.Item.IsListed).Select(
                item => new RejectedMessage(item.Index, item.Item.MessageId, item.Item.Code, item.Item.Message)));
        }
        return new HookReply(true, mapped.Messages.Count, mapped.Ignored, mapped.Rejected is { Count: > 0 } some ? some : null);
    }

    private static ReadOnlyMemory<byte> Batch(IReadOnlyList<HookMessage> messages)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes);
        writer.WriteStartObject();
        writer.WriteStartArray("batch");
        foreach (var message in messages) message.Json.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }
}

/// <summary>What the events of one delivery became.</summary>
internal sealed class HookMapped
{
    public List<HookMessage> Messages { get; } = [];

    public List<RejectedMessage> Rejected { get; } = [];

    public int Ignored { get; set; }
}
