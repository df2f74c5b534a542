using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels.Alert;
using LStep.Grains.Campaigns.Channels.Line;
using LStep.Grains.Campaigns.Channels.Push;
using LStep.Grains.Campaigns.Channels.Smtp;
using LStep.Grains.Campaigns.Channels.Webhook;
using MimeKit;

namespace LStep.Grains.Campaigns.Channels;

/// <summary>Which channels there are, as the environment says it. What is null is not set up.</summary>
public sealed record ChannelSettings
{
    public SmtpOptions? Smtp { get; init; }
    public WebhookOptions? Webhook { get; init; }
    public VapidOptions? Vapid { get; init; }
    public FcmOptions? Fcm { get; init; }
    public LineOptions? Line { get; init; }
    public AlertOptions? Alert { get; init; }

    /// <summary>Of mails, where they are kept instead of sent.</summary>
    public MailboxAddress SinkFrom { get; init; } = new("L-Step", "lstep@sink.invalid");

    /// <summary>Channels whose messages are kept instead of sent; they win over what is set up.</summary>
    public ImmutableHashSet<Channel> Sinks { get; init; } = [];

    /// <summary>Contacts nobody, whatever the environment says: of the demo.</summary>
    public static ChannelSettings SinkOnly { get; } =
        new() { Sinks = [Channel.Email, Channel.Push, Channel.Line, Channel.Webhook, Channel.Alert] };

    /// <param name="variable">The value of a variable; null for one that is not there.</param>
    /// <exception cref="ChannelSettingException">A setting is missing or cannot be meant; the message repeats no secret.</exception>
    public static ChannelSettings Read(Func<string, string?> variable)
    {
        var settings = new SettingReader(variable);
        var sinks = ImmutableHashSet.CreateBuilder<Channel>();
        foreach (var (channel, name) in Deciding)
            if (settings.Text(name) == SettingReader.SinkWord) sinks.Add(channel);
        var (vapid, fcm) = (VapidOptions.Read(settings), FcmOptions.Read(settings));
        // Without keys of its own a push goes where webhooks go.
        if (vapid is null && fcm is null && sinks.Contains(Channel.Webhook)) sinks.Add(Channel.Push);
        return new ChannelSettings
        {
            Smtp = SmtpOptions.Read(settings),
            Webhook = WebhookOptions.Read(settings),
            Vapid = vapid,
            Fcm = fcm,
            Line = LineOptions.Read(settings),
            Alert = AlertOptions.Read(settings),
            Sinks = sinks.ToImmutable(),
            SinkFrom = SmtpOptions.Sender(settings) ?? new ChannelSettings().SinkFrom,
        };
    }

    /// <summary>The setting that has to be there for a channel to be set up.</summary>
    public static string? DecidingSetting(Channel channel) => channel switch
    {
        Channel.Push => $"{VapidOptions.PublicName}, {FcmOptions.FileName} or {WebhookOptions.UrlName}",
        _ => Array.Find(Deciding, pair => pair.Channel == channel).Name,
    };

    private static readonly (Channel Channel, string Name)[] Deciding =
    [
        (Channel.Email, SmtpOptions.UrlName), (Channel.Webhook, WebhookOptions.UrlName), (Channel.Line, LineOptions.TokenName),
        (Channel.Alert, AlertOptions.UrlName),
    ];
}
