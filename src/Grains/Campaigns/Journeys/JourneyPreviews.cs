using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Database;
using LStep.Grains.Rules;

namespace LStep.Grains.Campaigns.Journeys;

/// <summary>From when and until when a path is looked at, and how.</summary>
/// <param name="Tag">It begins at that instant; null where the rules say what happens.</param>
/// <param name="Locale">Of messages to customers, in place of their own; null for that.</param>
public sealed record JourneySpan(DateTimeOffset At, DateTimeOffset Until, StatusTag? Tag, string? Locale);

/// <param name="Message">Of what would be sent; null where it is not, and behind the first
/// <see cref="JourneyPreviews.MessagesMax"/>.</param>
/// <param name="Trouble">Why its template cannot be rendered; else null.</param>
public sealed record JourneyStop(JourneyItem Item, MessagePreview? Message = null, string? Trouble = null);

/// <param name="Begins">False where the customer has the tag already that was to begin.</param>
public sealed record JourneyPreview(ImmutableArray<JourneyStop> Stops, bool IsCut, bool Begins = true);

/// <summary>
/// What would become of a customer who does nothing more, and what it would be sent on the way. Nothing is sent, counted or kept.
/// </summary>
public sealed class JourneyPreviews(
    PostgresDatabase database, RulebookSource rulebook, CampaignSource campaigns, ChannelSet channels, MessagePreviews previews,
    MessageSettings settings, TimeProvider clock)
{
    public const int MessagesMax = 100;

    /// <returns>Null where there is no such customer.</returns>
    /// <param name="span">Not before now: until it begins the customer does nothing either.</param>
    /// <exception cref="UnreadableCustomerException">The customer's row cannot be read.</exception>
    public async Task<JourneyPreview?> Of(string customerId, JourneySpan span, CancellationToken cancel)
    {
        var now = clock.Now();
        if (await database.People.Use(connection => KnownCustomer.Read(connection, customerId, now, cancel), cancel) is not { } known)
            return null;
        var journey = Journey.Of(Rules(), known.State, known.Past, now);
        if (span.At > now)
        {
            journey.Walk(span.At);
            journey.Forget();
        }
        if (span.Tag is { } tag && !journey.Begin(tag)) return new JourneyPreview([], IsCut: false, Begins: false);
        journey.Walk(span.Until);
        return await Told(journey, known.Path, isKnown: true, span.Locale, cancel);
    }

    /// <param name="activities">By which it comes into being, at the begin of the span.</param>
    public Task<JourneyPreview> OfInvented(IReadOnlyList<Activity> activities, JourneySpan span, CancellationToken cancel)
    {
        var journey = Journey.OfInvented(Rules(), activities, span.Tag, span.At);
        journey.Walk(span.Until);
        return Told(journey, [], isKnown: false, span.Locale, cancel);
    }

    private JourneyRules Rules() => new(
        rulebook.Current, campaigns.Current, settings.Limits, rulebook.CampaignsEnabled,
        Domain.Campaigning.Channels.All.Where(channel => channels.WhyNot(channel) is not null)
            .ToImmutableDictionary(channel => channel, channel => channels.WhyNot(channel)!),
        (channel, profile) => channels.WhyUnreachable(channel, MessageComposer.RecipientOf(profile)));

    private async Task<JourneyPreview> Told(
        Journey journey, ImmutableArray<PathRow> path, bool isKnown, string? locale, CancellationToken cancel)
    {
        var items = journey.Items;
        var ready = Ready(items, path, journey.Rules);
        if (isKnown && ready.Count > 0) ready = await database.People.Use(connection => WithFacts(connection, ready, cancel), cancel);
        var stops = ImmutableArray.CreateBuilder<JourneyStop>(items.Length);
        foreach (var item in items)
        {
            cancel.ThrowIfCancellationRequested();
            stops.Add(ready.TryGetValue(item, out var one) ? Rendered(item, one, locale) : new JourneyStop(item));
        }
        return new JourneyPreview(stops.MoveToImmutable(), journey.IsCut);
    }

    private JourneyStop Rendered(JourneyItem item, ReadyAction ready, string? locale)
    {
        try
        {
            return new JourneyStop(item, previews.Of(ready, locale));
        }
        catch (TemplateException e)
        {
            return new JourneyStop(item, Trouble: e.Message);
        }
    }

    /// <summary>What would be sent, with what the path itself knows of it.</summary>
    private static Dictionary<JourneyItem, ReadyAction> Ready(
        ImmutableArray<JourneyItem> items, ImmutableArray<PathRow> path, JourneyRules rules)
    {
        var (ready, sent, set) = (
            new Dictionary<JourneyItem, ReadyAction>(ReferenceEqualityComparer.Instance),
            ImmutableArray<SentMessage>.Empty, rules.Campaigns);
        foreach (var item in items)
        {
            if (item is JourneyItem.Moved { Transition: var move })
                path = [RowOf(move), .. path.Take(CampaignLimits.PathMax - 1)];
            if (ready.Count == MessagesMax || item is not JourneyItem.Looked { Became: ActionStatus.Sent, Action: var action } one)
                continue;
            var transition = path.FirstOrDefault(row => action.Cause == CauseKind.Transition && row.Number == action.CauseNumber);
            var claimed = new ClaimedAction(
                0, one.Customer.CustomerId, action.Cause, action.Campaign, action.Step, action.Variant, action.Channel, action.Kind,
                action.Tag, transition?.Id, action.ScheduledFor, one.At, action.CauseDueAt, action.CauseAt, action.IsRepeat, 0, null,
                Guid.Empty, false);
            ready[item] = new ReadyAction(
                claimed, set.Named(action.Campaign), one.Customer, new MessageFacts(path, null, sent), rules.Book, one.At);
            sent = [new SentMessage(action.Campaign, action.Channel, one.At), .. sent];
        }
        return ready;
    }

    /// <summary>With what is stored of the customer beside it, for the campaigns that speak of it.</summary>
    private static async Task<Dictionary<JourneyItem, ReadyAction>> WithFacts(
        Npgsql.NpgsqlConnection connection, Dictionary<JourneyItem, ReadyAction> ready, CancellationToken cancel)
    {
        var stored = await FactsOfMany.Read(
            connection, [.. ready.Values.Select(one => (one.State.CustomerId, one.Action.Campaign))], ready.Values.Min(one => one.At),
            cancel);
        foreach (var (item, one) in ready)
        {
            var facts = stored.For(
                one.State.CustomerId, one.Action.Campaign, one.At, LocalTimes.ZoneOf(one.State.Profile, one.Book.Calendar));
            ready[item] = one with
            {
                Facts = facts with
                {
                    Path = one.Facts.Path, Sent = [.. one.Facts.Sent.Concat(facts.Sent).Take(CampaignLimits.SentMessagesMax)],
                },
            };
        }
        return ready;
    }

    /// <summary>The ledger has no row of it: its number below zero stands for the id.</summary>
    private static PathRow RowOf(Transition move) =>
        new(move.Number, -move.Number, move.To, move.From, move.At, move.DueAt, move.Rule, move.Reason);
}
