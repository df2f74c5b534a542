using System.Text.Json.Nodes;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;
using LStep.Grains;
using LStep.Grains.Campaigns.Feedback;
using LStep.Grains.Campaigns.Links;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Api.Messages;

/// <summary>
/// Records that a pixel was shown or a link followed. Whoever asks gets the pixel or the address in any case: what cannot be recorded in
/// time, or at all, is told to the log and to nobody else.
/// </summary>
public sealed class LinkHits(
    MessageLinks links, MessageReads reads, MessageCounts counts, LinkGuard guard, IGrainFactory grains, RequestNumbers numbers,
    IngestOptions ingest, TimeProvider clock, ILogger<LinkHits> log)
{
    /// <summary>Activities that are made of the opens of one message, and as many of its clicks, of people and of machines apart.</summary>
    public const int ActivitiesMax = 3;

    /// <summary>A person waits for the page behind a link no longer than this for our sake.</summary>
    private const int WaitMsMax = 1_500;

    private const string Failing = "an open or a click could not be recorded";
    private readonly TroubleLines lines = new();

    public async Task Record(HttpContext http, LinkToken token)
    {
        if (!links.Tracks || guard.Good(token.ActionId) is not null) return;
        try
        {
            guard.Hits.Take(1);
        }
        catch (OverloadedException e)
        {
            lines.Failed(log, Failing, e);
            return;
        }
        var hit = new MessageHit(
            token.Purpose == LinkPurpose.Click ? MessageEvent.Clicked : MessageEvent.Opened, Channel.Email,
            http.Request.Headers.UserAgent.ToString(), http.IsHead(), IsPrefetch(http.Request));
        await Task.WhenAny(Recorded(token, hit), Task.Delay(WaitMsMax, http.RequestAborted));
    }

    /// <summary>Never throws: nobody may be waiting for it any more.</summary>
    private async Task Recorded(LinkToken token, MessageHit hit)
    {
        try
        {
            if (await reads.Action(token.ActionId) is { } action) await Record(action, token, hit);
            lines.Went(log, Failing);
        }
        catch (Exception e)
        {
            lines.Failed(log, Failing, e);
        }
        finally
        {
            guard.Hits.Give(1);
        }
    }

    private async Task Record(MessageAction action, LinkToken token, MessageHit hit)
    {
        var now = IngestClock.Now(clock);
        var link = token.Target is { } target ? (long?)unchecked((long)Hashes.Of(target)) : null;
        var counted = await counts.Judge(action, hit, now, link, isTimed: !ingest.SimulatedClock);
        if (counted.Times is 0 or > ActivitiesMax) return;
        var further = new JsonObject();
        if (token.Target is not null) further["url"] = token.Target;
        if (counted.Rule is { } rule) (further["machine"], further["machineRule"]) = (true, rule.Name);
        var messageId = $"message-{action.Id}-{hit.Event.Name()}-{(counted.Rule is null ? "person" : "machine")}-{counted.Times}";
        var activity = MessageActivities.Of(
            action, hit.Event, messageId, now, new Received(now, numbers.Next(now)), further);
        await grains.GetGrain<ICustomerGrain>(action.CustomerId).Record([activity]);
    }

    /// <summary>Browsers and mail programs say when they ask ahead of need.</summary>
    private static bool IsPrefetch(HttpRequest request) => Array.Exists(
        PrefetchHeaders, name => request.Headers[name].ToString() is { Length: > 0 } value
            && (value.Contains("prefetch", StringComparison.OrdinalIgnoreCase)
                || value.Contains("preview", StringComparison.OrdinalIgnoreCase)));

    private static readonly string[] PrefetchHeaders = ["Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"];
}
