using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Api.Ingest;
using LStep.Grains;
using LStep.Grains.Campaigns.Templates;

namespace LStep.Api.Hooks;

/// <summary>A platform that sends webhooks: how it signs them, and what messages they become.</summary>
public sealed partial class HookSource
{
    /// <summary>A shorter secret is one that somebody made up.</summary>
    public const int SecretCharsMin = 16;

    private const string SecretPrefix = "whsec_";

    private readonly HookSignature signature;
    private readonly HookMapping mapping;
    private readonly byte[][] keys;

    private HookSource(string name, HookSignature signature, HookMapping mapping, byte[][] keys) =>
        (Name, this.signature, this.mapping, this.keys) = (name, signature, mapping, keys);

    public string Name { get; }

    /// <summary>What is kept and let in of it is bounded by this, as of a write key by its handle.</summary>
    public string KeyId => $"hook-{Name}";

    /// <summary>Without a secret nobody can prove to be the platform.</summary>
    public bool IsOpen => keys.Length > 0;

    public static bool IsName(string name) => NameOf().IsMatch(name);

    /// <exception cref="TemplateException">The file cannot be meant; it says the file and the line, and repeats no secret.</exception>
    public static HookSource Read(string name, TemplateFile file, IReadOnlyList<string> secrets, TimeProvider clock)
    {
        var head = new HookHead(file);
        var signature = new HookSignature(head);
        var id = head.Value("id") is { } value ? JsonTemplate.Parse(file, value.Text, value.Line, HookMapping.Variables) : null;
        head.NothingElse();
        var body = JsonTemplate.Parse(file, file.Body, file.BodyLine, HookMapping.Variables);
        return new HookSource(
            name, signature, new HookMapping(name, id, body, clock), [.. secrets.Select(secret => Key(name, secret, signature))]);
    }

    public SignatureVerdict Verify(HookDelivery delivery, DateTimeOffset now) => signature.Verify(delivery, keys, now);

    internal IReadOnlyList<HookMessage> Messages(JsonElement @event, JsonElement headers) => mapping.Messages(@event, headers);

    /// <summary>Of an event that stands beside the mapping: it has to become messages that the ingest takes.</summary>
    /// <exception cref="TemplateException">It does not.</exception>
    internal void Try(string path, string example, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(example);
            var made = Messages(document.RootElement, JsonElement.Parse("{}"));
            if (made.Count == 0) throw new TemplateException("the mapping has nothing for it.");
            foreach (var message in made)
            {
                if (message.Email is { } email) message.IsOf(email);
                var reception = new Reception(now, ActivityOrigin.Hook, Simulated: false, Ids.Fresh);
                if (MessageParser.Parse(Encoding.UTF8.GetBytes(message.Json.ToJsonString()), reception).Refusal is { } refusal)
                    throw new TemplateException($"a message of the mapping would be refused: {refusal.Message}");
            }
        }
        catch (Exception trouble) when (trouble is TemplateException or JsonException)
        {
            throw new TemplateException($"{path}: {trouble.Message}", trouble);
        }
    }

    private static byte[] Key(string name, string secret, HookSignature signature)
    {
        if (secret.Length < SecretCharsMin)
            throw new TemplateException($"A secret of {name} has less than {SecretCharsMin} characters.");
        if (!signature.IsSecretBase64) return Encoding.UTF8.GetBytes(secret);
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length]
            : throw new TemplateException($"A secret of {name} is no base64, which its mapping says it is.");
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$")]
    private static partial Regex NameOf();
}
