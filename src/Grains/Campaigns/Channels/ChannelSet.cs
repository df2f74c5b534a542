using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels.Alert;
using LStep.Grains.Campaigns.Channels.Line;
using LStep.Grains.Campaigns.Channels.Push;
using LStep.Grains.Campaigns.Channels.Sink;
using LStep.Grains.Campaigns.Channels.Smtp;
using LStep.Grains.Campaigns.Channels.Webhook;
using Names = LStep.Domain.Campaigning.Channels;

namespace LStep.Grains.Campaigns.Channels;

/// <summary>How a channel is, for those who operate it.</summary>
/// <param name="Goes">Where its messages go, in a few words without secrets; null where nowhere.</param>
/// <param name="Trouble">Why its circuit is not closed; else null.</param>
public sealed record ChannelCondition(Channel Channel, string? Goes, CircuitPhase Circuit, TimeSpan? OpenFor, string? Trouble);

/// <summary>The ways out of the product, each behind a circuit of its own.</summary>
public sealed class ChannelSet : IDisposable
{
    private readonly ImmutableDictionary<Channel, (ChannelCircuit Circuit, string Goes)> open;

    private ChannelSet(ImmutableDictionary<Channel, (ChannelCircuit Circuit, string Goes)> open) => this.open = open;

    /// <param name="wallClock">Real time, also where the product lives on a simulated clock: receivers live in it.</param>
    /// <param name="keep">Where sinks keep their messages.</param>
    /// <param name="devices">Which of a customer's devices are gone; null where nobody keeps that.</param>
    public static ChannelSet Build(ChannelSettings settings, TimeProvider wallClock, KeepInSink keep, PushDevices? devices = null)
    {
        var open = ImmutableDictionary.CreateBuilder<Channel, (ChannelCircuit Circuit, string Goes)>();
        foreach (var channel in Names.All)
        {
            var (transport, goes) = settings.Sinks.Contains(channel)
                ? (new SinkTransport(channel, settings.SinkFrom, keep), SettingReader.SinkWord)
                : Transport(channel, settings, wallClock, devices);
            if (transport is not null) open[channel] = (new ChannelCircuit(transport, wallClock), goes);
        }
        return new ChannelSet(open.ToImmutable());
    }

    public IReadOnlyList<ChannelCondition> Conditions => [.. Names.All.Select(channel => open.TryGetValue(channel, out var way)
        ? new ChannelCondition(channel, way.Goes, way.Circuit.Phase, way.Circuit.OpenFor, way.Circuit.Reason)
        : new ChannelCondition(channel, Ours(channel), CircuitPhase.Closed, null, null))];

    /// <summary>Channels whose messages are kept instead of sent.</summary>
    public IReadOnlyList<Channel> Kept => [.. Names.All.Where(channel => Of(channel)?.Transport is SinkTransport)];

    /// <summary>Null where nothing goes out: <see cref="WhyNot"/> says whether that is as it should be.</summary>
    public ChannelCircuit? Of(Channel channel) => open.TryGetValue(channel, out var way) ? way.Circuit : null;

    /// <summary>The reason that an action bears which can go nowhere; null where it can, or has its place within the product.</summary>
    public string? WhyNot(Channel channel) => open.ContainsKey(channel) || Ours(channel) is not null ? null
        : $"{NotSetUp(channel)} {ChannelSettings.DecidingSetting(channel)}";

    /// <summary>Why a channel would refuse this receiver without asking anybody; null where it would not.</summary>
    public string? WhyUnreachable(Channel channel, Recipient to)
    {
        switch (Of(channel)?.Transport)
        {
            case PushTransport when to.PushTokens.IsDefaultOrEmpty: return PushTransport.NoDevice;
            case LineTransport when !LineTransport.IsUserId(to.LineUserId): return LineTransport.NotKnown;
            case { Channel: Channel.Email }:
                try
                {
                    MailAddresses.Mailbox(to.Email, to.Name);
                    return null;
                }
                catch (UnsendableException e)
                {
                    return e.Message;
                }
            default: return null;
        }
    }

    /// <summary>Whether an action's reason is that of <see cref="WhyNot"/>.</summary>
    public static bool SaysNotSetUp(Channel channel, string? reason) =>
        reason?.StartsWith(NotSetUp(channel), StringComparison.Ordinal) == true;

    public void Dispose()
    {
        foreach (var (circuit, _) in open.Values) (circuit.Transport as IDisposable)?.Dispose();
    }

    private static string NotSetUp(Channel channel) => $"{channel.Name()} is not set up:";

    /// <summary>What the product shows by itself.</summary>
    private static string? Ours(Channel channel) => channel switch
    {
        Channel.InApp => "inbox",
        Channel.Task => "task queue",
        Channel.Alert => "live hub",
        _ => null,
    };

    private static (IChannelTransport? Transport, string Goes) Transport(
        Channel channel, ChannelSettings settings, TimeProvider wallClock, PushDevices? devices) => channel switch
    {
        Channel.Email when settings.Smtp is { } smtp => (new SmtpTransport(smtp, wallClock), smtp.ToString()),
        Channel.Webhook when settings.Webhook is { } webhook => (new WebhookTransport(webhook, wallClock), webhook.ToString()),
        Channel.Line when settings.Line is { } line => (new LineTransport(line, wallClock), line.ToString()),
        Channel.Alert when settings.Alert is { } alert => (new AlertTransport(alert, wallClock), alert.ToString()),
        Channel.Push => Push(settings, wallClock, devices),
        _ => (null, ""),
    };

    private static (IChannelTransport? Transport, string Goes) Push(ChannelSettings settings, TimeProvider wallClock, PushDevices? devices)
    {
        if (settings is { Vapid: null, Fcm: null })
            return settings.Webhook is { } webhook
                ? (new WebhookTransport(webhook, wallClock, Channel.Push), webhook.ToString()) : (null, "");
        var browsers = settings.Vapid is { } vapid ? new WebPushSender(vapid, wallClock) : null;
        var apps = settings.Fcm is { } fcm ? new FcmSender(fcm, wallClock) : null;
        var goes = string.Join(", ", new object?[] { settings.Vapid, settings.Fcm }.Where(way => way is not null));
        return (new PushTransport(browsers, apps, devices), goes);
    }
}
