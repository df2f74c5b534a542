using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Line;
using LStep.Grains.Campaigns.Channels.Push;
using LStep.Grains.Campaigns.Channels.Smtp;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Database;
using LStep.Grains.People;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>What is to be tried.</summary>
/// <param name="To">A mail address, a device's token or an id at LINE; not looked at where the channel has one receiver.</param>
/// <param name="Variant">In place of the one that falls to the customer; null for that.</param>
public sealed record TestSend(Campaign Campaign, CampaignStep Step, string CustomerId, string? To, string? Locale, string? Variant);

/// <summary>What became of a test send; a closed set.</summary>
public abstract record TestOutcome
{
    private TestOutcome() { }

    public sealed record NoCustomer : TestOutcome;

    /// <summary>Nothing of this channel goes out of the product, or it is not set up.</summary>
    public sealed record NoChannel(string Reason) : TestOutcome;

    public sealed record BadAddress(string Reason) : TestOutcome;

    /// <summary>So many went out lately that the next one has to wait.</summary>
    public sealed record TooMany(int Seconds) : TestOutcome;

    /// <summary>It was tried.</summary>
    /// <param name="Status">Sent, failed or uncertain.</param>
    public sealed record Tried(ActionStatus Status, string? Reason, string To) : TestOutcome;
}

/// <summary>
/// Sends a message to somebody who wants to see how it arrives. It is no action: nothing counts it, no link in it changes anything, and it
/// is tried once.
/// </summary>
public sealed class TestSends(
    PostgresDatabase database, MessagePreviews previews, MessageComposer composer, ChannelSet channels, Ids ids, ILogger<TestSends> log)
{
    /// <summary>Of the whole installation.</summary>
    public const int PerMinuteMax = 10;

    private const string Audited = "campaign.tested";

    /// <exception cref="TemplateException">It cannot be rendered.</exception>
    /// <exception cref="UnreadableCustomerException">The customer's row cannot be read.</exception>
    public async Task<TestOutcome> Send(TestSend test, Person by, CancellationToken cancel)
    {
        var channel = test.Step.Channel;
        if (channels.Of(channel) is not { } circuit)
            return new TestOutcome.NoChannel($"{channel.Name()} is not set up: {ChannelSettings.DecidingSetting(channel)}");
        var (to, said) = Receiver(circuit.Transport, test.To);
        if (channels.WhyUnreachable(channel, to) is { } wrong) return new TestOutcome.BadAddress(wrong);
        if (await previews.Ready(test.Campaign, test.Step, test.CustomerId, test.Variant, cancel) is not { } ready)
            return new TestOutcome.NoCustomer();
        var message = composer.Test(ready, test.Locale, to, ids.Next());
        // Before it goes out, so that nothing does that nobody wrote down.
        var wait = await database.Transaction(async connection =>
        {
            var seconds = await connection.SecondsToWait(Audited, PerMinuteMax, TimeSpan.FromMinutes(1), cancel);
            if (seconds is null)
                await connection.Write(new AuditEntry(by, Audited, test.Campaign.Name, After: Said(test, said)), cancel);
            return seconds;
        }, cancel);
        return wait is { } later ? new TestOutcome.TooMany(later) : await Try(circuit, message, said);
    }

    private async Task<TestOutcome> Try(ChannelCircuit circuit, OutgoingMessage message, string to)
    {
        try
        {
            // Whoever asked may have gone: the channel's own timeouts bound it.
            return await circuit.Send(message, CancellationToken.None) switch
            {
                null => new TestOutcome.Tried(ActionStatus.Failed, $"The channel is not tried at the moment: {circuit.Reason}", to),
                SendOutcome.Sent => new TestOutcome.Tried(ActionStatus.Sent, null, to),
                SendOutcome.Failed failed => new TestOutcome.Tried(ActionStatus.Failed, failed.Reason, to),
                SendOutcome.NotNow later => new TestOutcome.Tried(ActionStatus.Failed, later.Reason, to),
                SendOutcome.Unknown unknown => new TestOutcome.Tried(ActionStatus.Uncertain, unknown.Reason, to),
                _ => throw new InvalidOperationException("a closed set has grown"),
            };
        }
        catch (Exception e)
        {
            log.LogError(e, "A test of {Campaign} could not be sent, and nobody knows whether it was", message.Campaign);
            return new TestOutcome.Tried(ActionStatus.Uncertain, $"Sending broke off ({e.GetType().Name}).", to);
        }
    }

    /// <summary>The one that was named, where the channel has many; and how it is written down.</summary>
    private (Recipient To, string Said) Receiver(IChannelTransport transport, string? to) => transport switch
    {
        { Channel: Channel.Email } => (new Recipient(Email: to), to ?? ""),
        LineTransport => (new Recipient(LineUserId: to), to ?? ""),
        // Whoever knows a device's token can send to it.
        PushTransport => (new Recipient(PushTokens: string.IsNullOrWhiteSpace(to) ? [] : [to]), "a device"),
        _ => (new Recipient(), channels.Conditions.First(one => one.Channel == transport.Channel).Goes ?? ""),
    };

    /// <summary>An erasure finds by the customer's id what was said of it.</summary>
    private static object Said(TestSend test, string to) => new
    {
        test.CustomerId, Step = test.Step.Number, Channel = test.Step.Channel.Name(), To = to, test.Locale, test.Variant,
    };
}
