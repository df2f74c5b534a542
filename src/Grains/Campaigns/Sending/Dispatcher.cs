using System.Diagnostics;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Campaigns.Sending;

/// <summary>
/// Gives away what was claimed and says what became of it. What is being sent is recorded before, so that a process that dies leaves behind
/// what is uncertain and never something that is sent twice.
/// </summary>
public sealed class Dispatcher(
    PostgresDatabase database, Claims claims, ChannelSet channels, MessageComposer composer, RulebookSource rulebook, TimeProvider clock,
    Ids ids, ILogger<Dispatcher> log)
{
    private static readonly Channel[] AllChannels = Enum.GetValues<Channel>();

    /// <summary>Who this process is to the leases.</summary>
    private readonly string sender = ids.Next("sender");

    /// <summary>Sends what is due up to an instant, as much as a round may; true when something was.</summary>
    /// <param name="asDue">See <see cref="Claims.Take"/>.</param>
    public async Task<bool> Round(DateTimeOffset upTo, bool asDue, CancellationToken cancel)
    {
        if (!rulebook.CampaignsEnabled) return false;
        var any = false;
        for (var claim = 0; claim < CampaignLimits.ClaimsPerRoundMax; claim++)
        {
            if (await claims.Take(sender, upTo, asDue, cancel) is not { } ready) return any;
            any = true;
            if (ready.Count > 0) await Send(ready, cancel);
        }
        return any;
    }

    /// <summary>What others left behind: sent again where the receiver knows a key again, and otherwise nobody knows.</summary>
    public Task<int> TakeUpAbandoned(CancellationToken cancel) => database.InBackground(connection => connection.Execute(
        "campaign_actions_abandoned", cancel,
        AllChannels.Where(channel => channels.Of(channel)?.Transport.IsIdempotent == true).Select(channel => (short)channel).ToArray(),
        clock.Now() - Backoff.AgeMax), cancel);

    /// <summary>Each channel by itself, so that a slow one holds up no other.</summary>
    private Task Send(List<ReadyAction> ready, CancellationToken cancel) => Task.WhenAll(
        ready.GroupBy(one => one.Action.Channel).Select(group => Send(group.Key, [.. group], cancel)));

    private async Task Send(Channel channel, List<ReadyAction> ready, CancellationToken cancel)
    {
        var (circuit, settled, began) = (channels.Of(channel)!, new SettledRows(), Stopwatch.GetTimestamp());
        // What is under way when the process stops is finished: each try is bounded by the channel's own timeouts.
        var options = new ParallelOptions { MaxDegreeOfParallelism = circuit.Transport.AtOnceMax };
        await Parallel.ForEachAsync(ready, options, async (one, _) =>
        {
            if (cancel.IsCancellationRequested || Stopwatch.GetElapsedTime(began) > CampaignLimits.BeginWithin)
                settled.Again(one, one.At, null, untried: true);
            else
                await Send(circuit, one, settled);
        });
        await database.InBackground(connection => settled.Write(connection, sender, CancellationToken.None), CancellationToken.None);
    }

    private async Task Send(ChannelCircuit circuit, ReadyAction one, SettledRows settled)
    {
        try
        {
            switch (await circuit.Send(composer.Compose(one), CancellationToken.None))
            {
                case null:
                    settled.Again(one, Now(one) + (circuit.OpenFor ?? ChannelCircuit.BreakFirst), circuit.Reason, untried: true);
                    break;
                case SendOutcome.Sent sent:
                    settled.Sent(one, sent);
                    break;
                case SendOutcome.Failed failed:
                    settled.Ended(one, ActionStatus.Failed, failed.Reason);
                    break;
                case SendOutcome.NotNow later:
                    Again(one, later.Reason, later.After, settled);
                    break;
                case SendOutcome.Unknown unknown when circuit.Transport.IsIdempotent:
                    Again(one, unknown.Reason, after: null, settled);
                    break;
                case SendOutcome.Unknown unknown:
                    settled.Ended(one, ActionStatus.Uncertain, unknown.Reason);
                    break;
            }
        }
        catch (TemplateException e)
        {
            settled.Ended(one, ActionStatus.Failed, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "A message of {Campaign} could not be sent, and nobody knows whether it was", one.Action.Campaign);
            settled.Ended(one, ActionStatus.Uncertain, $"Sending broke off ({e.GetType().Name}).");
        }
    }

    /// <summary>From 0 to 1; another one at each try.</summary>
    private static double Lot(ClaimedAction action) =>
        (uint)HashCode.Combine(action.Key, action.Tries) / (double)uint.MaxValue;

    /// <summary>In a leap of the clock the action is at the instant it was due, ahead of the clock.</summary>
    private DateTimeOffset Now(ReadyAction one) => clock.Now() is var now && now > one.At ? now : one.At;

    private void Again(ReadyAction one, string reason, TimeSpan? after, SettledRows settled)
    {
        var now = Now(one);
        var wait = Backoff.Wait(
            one.Action.Tries + 1, now - (one.Action.FirstTryAt ?? one.At), after, Lot(one.Action));
        if (wait is { } later) settled.Again(one, now + later, reason, untried: false);
        else settled.Ended(one, ActionStatus.Failed, reason);
    }
}
