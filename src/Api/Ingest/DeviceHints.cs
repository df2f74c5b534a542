using System.Text.Json;

namespace LStep.Api.Ingest;

/// <summary>
/// What a message says about the device: properties.device, then context.device.type, context.os.name,
/// context.userAgentData.mobile and context.userAgent. The first that is there decides. Tablets are mobile.
/// </summary>
internal struct DeviceHints
{
    private static readonly string[] MobileWords = ["mobile", "phone", "tablet", "android", "ios", "ipad", "ipod"];
    private static readonly string[] MobileAgents = ["Mobi", "Android", "iPhone", "iPad"];

    private Token type, os, agentMobile, agent;

    /// <summary>Reads the context object the reader stands on.</summary>
    public void ReadContext(ref Utf8JsonReader reader)
    {
        this = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (name.SequenceEqual("device"u8)) type = Member(ref reader, "type"u8);
            else if (name.SequenceEqual("os"u8)) os = Member(ref reader, "name"u8);
            else if (name.SequenceEqual("userAgentData"u8)) agentMobile = Member(ref reader, "mobile"u8);
            else
            {
                var isAgent = name.SequenceEqual("userAgent"u8);
                reader.Read();
                if (isAgent) agent = Token.Of(ref reader);
                else reader.Skip();
            }
        }
    }

    public readonly bool IsMobile(ReadOnlySpan<byte> message, Token device)
    {
        if (device.Kind == JsonTokenType.StartObject)
        {
            var reader = new Utf8JsonReader(device.Raw(message), Fields.Options);
            reader.Read();
            var member = MemberOf(ref reader, "type"u8);
            device = member with { Start = member.Start + device.Start };
        }
        if (Word(message, device) is { } named) return Contains(named, MobileWords);
        if (Word(message, type) is { } kind) return Contains(kind, MobileWords);
        if (Word(message, os) is { } system) return Contains(system, MobileWords);
        if (agentMobile.Kind is JsonTokenType.True or JsonTokenType.False) return agentMobile.Kind == JsonTokenType.True;
        return Word(message, agent) is { } text && Contains(text, MobileAgents);
    }

    private static string? Word(ReadOnlySpan<byte> message, Token token) =>
        token is { Kind: JsonTokenType.String, Length: > 0 } ? token.Text(message) : null;

    private static bool Contains(string text, string[] words)
    {
        foreach (var word in words)
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static Token Member(ref Utf8JsonReader reader, ReadOnlySpan<byte> wanted)
    {
        reader.Read();
        return MemberOf(ref reader, wanted);
    }

    private static Token MemberOf(ref Utf8JsonReader reader, ReadOnlySpan<byte> wanted)
    {
        Token found = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return found;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueSpan.SequenceEqual(wanted);
            reader.Read();
            if (isWanted) found = Token.Of(ref reader);
            else reader.Skip();
        }
        return found;
    }
}
