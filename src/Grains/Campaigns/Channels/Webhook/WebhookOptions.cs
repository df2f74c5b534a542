using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Webhook;

/// <summary>The platform's receiver of webhooks.</summary>
public sealed record WebhookOptions
{
    public const string UrlName = "LSTEP_WEBHOOK_URL", SecretName = "LSTEP_WEBHOOK_SECRET", PrivateName = "LSTEP_WEBHOOK_ALLOW_PRIVATE",
        IdempotentName = "LSTEP_WEBHOOK_IDEMPOTENT";

    public required Uri Url { get; init; }
    public required IReadOnlyList<WebhookSecret> Secrets { get; init; }

    /// <summary>Receivers on this machine and in its network, and plain HTTP, are called as well.</summary>
    public bool AllowPrivate { get; init; }

    /// <summary>The receiver keeps webhook-ids and acts on each once.</summary>
    public bool Idempotent { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public Reach Reach => AllowPrivate ? Reach.AlsoPrivate : Reach.PublicOverTls;

    /// <summary>Without its path, which may hold a secret.</summary>
    public override string ToString() => $"webhook to {Url.Host}";

    /// <summary>Null where there is no receiver, or the sink stands in for it.</summary>
    /// <exception cref="ChannelSettingException">A setting is wrong.</exception>
    public static WebhookOptions? Read(SettingReader settings)
    {
        var (allowPrivate, idempotent) = (settings.Flag(PrivateName), settings.Flag(IdempotentName));
        if (settings.Text(UrlName) is null or SettingReader.SinkWord) return null;
        var secret = settings.Text(SecretName)
            ?? throw new ChannelSettingException($"{UrlName} is set: {SecretName} has to be, too, since calls are signed.");
        return new WebhookOptions
        {
            Url = settings.Url(UrlName)!,
            Secrets = WebhookSecret.Parse(secret) ?? throw new ChannelSettingException(
                $"{SecretName} is no secret such as {WebhookSecret.Prefix} and base64 of {WebhookSecret.BytesMin} to "
                + $"{WebhookSecret.BytesMax} bytes (several, apart by blanks, while one is changed)."),
            AllowPrivate = allowPrivate,
            Idempotent = idempotent,
        };
    }
}
