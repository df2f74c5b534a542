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

    /// <summary>What works at each way out, and last what works at our own tables; over when nothing was due by it.</summary>
    private readonly Task[] lanes = [.. AllChannels.Select(_ => Task.CompletedTask), Task.CompletedTask];

    /// <summary>
    /// Has what is due be sent, each way out by itself, so that one that is slow or has much to do holds up no other: it does not wait for
    /// them.
    /// </summary>
    /// <exception cref="Exception">What ended one of them since the last call; it was begun again.</exception>
    public async Task Begin(CancellationToken cancel)
    {
        var over = new List<Task>();
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            if (!lanes[lane].IsCompleted) continue;
            over.Add(lanes[lane]);
            Channel? channel = lane < AllChannels.Length ? AllChannels[lane] : null;
            if (channel is null || claims.GoesOut(channel.Value)) lanes[lane] = Lane(channel, cancel);
        }
        await Task.WhenAll(over);
    }

    /// <summary>Until nothing is under way any more, and nobody begins anything.</summary>
    public async Task UntilIdle() => await Task.WhenAll(lanes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>
    /// Sends what is due up to an instant in a leap of the clock, as much as a round may; true when something was. Nothing else may be
    /// under way.
    /// </summary>
    public async Task<bool> Leap(DateTimeOffset upTo, CancellationToken cancel)
    {
        if (!rulebook.CampaignsEnabled) return false;
        var any = false;
        for (var claim = 0; claim < CampaignLimits.ClaimsPerRoundMax; claim++)
        {
            if (await claims.TakeAsDue(sender, upTo, cancel) is not { } ready) return any;
            any = true;
            await Task.WhenAll(ready.GroupBy(one => one.Action.Channel).Select(
                async group => await Settle(await Send(group.Key, [.. group], cancel))));
        }
        return any;
    }

    /// <summary>What others left behind: sent again where the receiver knows a key again, and otherwise nobody knows.</summary>
    public Task<int> TakeUpAbandoned(CancellationToken cancel) => database.InBackground(connection => connection.Execute(
        "campaign_actions_abandoned", cancel,
        AllChannels.Where(channel => channels.Of(channel)?.Transport.IsIdempotent == true).Select(channel => (short)channel).ToArray(),
        clock.Now() - Backoff.AgeMax), cancel);

    /// <summary>
    /// Claims, sends and settles by one way out until nothing is due; what was sent is settled while the next is claimed.
    /// </summary>
    private async Task Lane(Channel? channel, CancellationToken cancel)
    {
        await Task.Yield(); // what it throws is its own, and whoever begins it goes on
        var settling = Task.CompletedTask;
        try
        {
            while (rulebook.CampaignsEnabled && !cancel.IsCancellationRequested
                && await claims.Take(sender, channel, clock.Now(), cancel) is { } ready)
            {
                var before = settling;
                settling = channel is { } way && ready.Count > 0 ? Settle(await Send(way, ready, cancel)) : Task.CompletedTask;
                await before;
            }
        }
        finally
        {
            await settling;
        }
    }

    private Task Settle(SettledRows settled) => database.InBackground(
        connection => settled.Write(connection, sender, CancellationToken.None), CancellationToken.None);

    private async Task<SettledRows> Send(Channel channel, List<ReadyAction> ready, CancellationToken cancel)
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
        return settled;
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
