using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain.Campaigning;

/// <summary>What is in force: a path is decided by it from its beginning to its end.</summary>
/// <param name="Sends">False while campaigns are switched off: actions are planned, and none is looked at.</param>
/// <param name="Closed">Channels that are not set up, and the reason that their actions bear.</param>
/// <param name="WhyFailed">Why a channel would refuse a message to this customer; null where nothing is known against it.</param>
public sealed record JourneyRules(
    Rulebook Book, CampaignSet Campaigns, SendingLimits Limits, bool Sends, ImmutableDictionary<Channel, string> Closed,
    Func<Channel, Profile, string?> WhyFailed);

/// <summary>What is known of a customer beside its state.</summary>
/// <param name="Had">The tags it ever had.</param>
/// <param name="Started">When each campaign last started.</param>
/// <param name="Sent">When it was sent what the frequency cap counts.</param>
/// <param name="Waiting">Actions that are scheduled or held, in the order of their planning.</param>
/// <param name="Causes">What was committed and is not planned yet, and when it was.</param>
public sealed record JourneyPast(
    ImmutableHashSet<StatusTag> Had, ImmutableDictionary<string, DateTimeOffset> Started, ImmutableArray<DateTimeOffset> Sent,
    ImmutableArray<JourneyAction> Waiting, ImmutableArray<(CampaignCause Cause, DateTimeOffset At)> Causes)
{
    public static JourneyPast None { get; } = new([], ImmutableDictionary<string, DateTimeOffset>.Empty, [], [], []);
}

/// <summary>
/// The path of a customer who does nothing more: walked over the instants at which time alone decides something, with the same functions
/// that decide it in earnest. What is due at the instant of a change is sent before it, as the clock does it.
/// </summary>
public sealed class Journey
{
    public const int ItemsMax = 500;

    /// <summary>More instants than years of any sane rules have.</summary>
    const int InstantsMax = 5_000;

    const string SwitchedOff = "campaigns_enabled is off: nothing is sent until it is on again.";

    readonly List<JourneyItem> items = [];
    readonly List<JourneyAction> pending;
    readonly HashSet<StatusTag> had;
    readonly Dictionary<string, DateTimeOffset> started;
    readonly List<DateTimeOffset> sent;
    DateTimeOffset reached;
    int instants;

    Journey(JourneyRules rules, CustomerState state, JourneyPast past, DateTimeOffset now)
    {
        (Rules, State, reached) = (rules, state, now);
        (had, started, sent, pending) = ([.. past.Had], new(past.Started), [.. past.Sent], [.. past.Waiting]);
    }

    /// <summary>As it is where the path has come to.</summary>
    public CustomerState State { get; private set; }

    /// <summary>By which it is walked.</summary>
    public JourneyRules Rules { get; }

    /// <summary>In the order of time.</summary>
    public ImmutableArray<JourneyItem> Items => [.. items.OrderBy(item => item.At)];

    /// <summary>There would be more, and it was not looked for.</summary>
    public bool IsCut => items.Count >= ItemsMax || instants >= InstantsMax;

    /// <summary>Begins now with a customer as it is; what is due by then is made up for.</summary>
    public static Journey Of(JourneyRules rules, CustomerState state, JourneyPast past, DateTimeOffset now)
    {
        var journey = new Journey(rules, state, past, now);
        foreach (var (cause, at) in past.Causes) journey.Plan(cause, at);
        journey.Adopt(Lifecycle.CatchUp(state, rules.Book, now, now));
        return journey;
    }

    /// <summary>Begins with somebody who does not exist, and who comes into being with these activities.</summary>
    /// <param name="tag">It is given this tag at once in place of the one it comes with, which starts nothing then.</param>
    public static Journey OfInvented(JourneyRules rules, IReadOnlyList<Activity> activities, StatusTag? tag, DateTimeOffset at)
    {
        var begun = Lifecycle.Record(InventedId(rules.Campaigns), null, activities, rules.Book, at);
        var (had, moved) = (begun.Transitions.Select(row => row.To).ToImmutableHashSet(), tag is not null && tag != begun.After.Tag);
        var journey = new Journey(rules, begun.After, moved ? JourneyPast.None with { Had = had } : JourneyPast.None, at);
        if (moved) journey.Begin(tag!.Value);
        else journey.Adopt(begun);
        return journey;
    }

    /// <summary>A tag begins where the path has come to, as if a rule had said so. False where the customer has it already.</summary>
    public bool Begin(StatusTag tag)
    {
        if (State.Tag == tag) return false;
        Adopt(Lifecycle.Suppose(State, tag, Rules.Book, reached));
        return true;
    }

    /// <summary>What lies behind is part of the path, and listed no more.</summary>
    public void Forget() => items.Clear();

    public void Walk(DateTimeOffset until)
    {
        while (!IsCut)
        {
            if (NextInstant() is not { } next || next > until)
            {
                Send(until);
                reached = until;
                return;
            }
            Send(next);
            if (IsCut) return;
            var step = Lifecycle.CatchUp(State, Rules.Book, next, next, checkedUpTo: reached);
            (reached, instants) = (next, instants + 1);
            Adopt(step);
        }
    }

    /// <summary>An id that no campaign holds out where there is one: who is invented stands for those who are sent something.</summary>
    static string InventedId(CampaignSet set)
    {
        const int TriesMax = 1_000;
        for (var n = 1; n <= TriesMax; n++)
            if (!set.Campaigns.Any(campaign => CampaignDraws.IsHeldOut(campaign, $"invented-{n}"))) return $"invented-{n}";
        return "invented-1";
    }

    DateTimeOffset? NextInstant()
    {
        var policy = Rules.Book.Policy;
        return !policy.Enabled ? null : policy.RealtimeEvaluation ? NextCheck.OrMidnight(State, Rules.Book, reached)
            : Rules.Book.Calendar.NextMidnight(reached);
    }

    void Adopt(Step step)
    {
        var open = step.Before?.Governance.Review?.Id;
        State = step.After;
        foreach (var move in step.Transitions) items.Add(new JourneyItem.Moved(move));
        foreach (var change in step.Reviews)
        {
            // One that only changed is no event of the path.
            if (change.Status == ReviewStatus.Open && change.Id == open) continue;
            items.Add(new JourneyItem.Reviewed(change.ClosedAt ?? change.OpenedAt, change));
            open = change.Id;
        }
        foreach (var cause in step.Causes)
        {
            var move = step.Transitions.FirstOrDefault(row => cause.Kind == CauseKind.Transition && row.Number == cause.Number);
            var isFirst = move is not null && had.Add(cause.Tag);
            if (move?.Kind is TransitionKind.Import or TransitionKind.Undo) continue; // neither is a beginning
            Plan(new CampaignCause(cause.Kind, cause.Number, move?.From, cause.Tag, cause.DueAt, isFirst, cause.Alert), step.At);
        }
        if (!step.Causes.IsEmpty) CancelMoved();
    }

    /// <param name="at">When it was committed.</param>
    void Plan(CampaignCause cause, DateTimeOffset at)
    {
        StatusTag? tag = cause.Kind == CauseKind.Transition ? cause.To : null;
        foreach (var campaign in CampaignMatching.Of(Rules.Campaigns, cause, State, Rules.Book.Calendar, reached, model: Rules.Book.Model)
            .GroupBy(action => action.Campaign))
        {
            var isRepeat = IsRepeat(Rules.Campaigns.Named(campaign.Key), cause.DueAt);
            foreach (var action in campaign)
                pending.Add(new JourneyAction(
                    cause.Kind, cause.Number, action.Campaign, action.Step, action.Variant, action.Channel, action.Kind, tag,
                    action.ScheduledFor, action.ScheduledFor, cause.DueAt, at, isRepeat));
        }
    }

    bool IsRepeat(Campaign? campaign, DateTimeOffset dueAt)
    {
        if (campaign is null) return false;
        if (CampaignMatching.IsRepeat(campaign, started.TryGetValue(campaign.Name, out var last) ? last : null, dueAt)) return true;
        started[campaign.Name] = dueAt;
        return false;
    }

    void CancelMoved()
    {
        foreach (var action in pending.FindAll(action => action.Tag is { } tag && tag != State.Tag))
        {
            pending.Remove(action);
            Looked(reached, action, ActionStatus.Cancelled, SuppressionReasons.StatusChanged);
        }
    }

    void Send(DateTimeOffset upTo)
    {
        while (pending.Count > 0 && items.Count < ItemsMax)
        {
            var first = pending.OrderBy(action => action.DueAt)
                .ThenBy(action => action.Tag is { } tag ? CampaignPriority.Of(tag) : int.MaxValue).First();
            if (first.DueAt > upTo) return;
            Look(first);
        }
    }

    void Look(JourneyAction action)
    {
        // One that waited for its channel is looked at where the path begins.
        var (place, at) = (pending.IndexOf(action), action.DueAt > reached ? action.DueAt : reached);
        if (!Rules.Sends)
        {
            pending.RemoveAt(place);
            Looked(at, action, ActionStatus.Scheduled, SwitchedOff);
            return;
        }
        var zone = LocalTimes.ZoneOf(State.Profile, Rules.Book.Calendar);
        switch (SendCheck.Of(action.Due(Rules.Campaigns), State, sent, Rules.Limits, zone, Rules.Book.Calendar, at, Rules.Book.Model))
        {
            case SendVerdict.Hold hold:
                pending[place] = action with { DueAt = hold.Until };
                Looked(at, action, ActionStatus.Held, hold.Reason, hold.Until);
                return;
            case SendVerdict.Suppress suppress:
                Looked(at, action, ActionStatus.Suppressed, suppress.Reason);
                break;
            case SendVerdict.Cancel cancel:
                Looked(at, action, ActionStatus.Cancelled, cancel.Reason);
                break;
            default:
                Give(action, at);
                break;
        }
        pending.RemoveAt(place);
    }

    void Give(JourneyAction action, DateTimeOffset at)
    {
        if (Rules.Closed.TryGetValue(action.Channel, out var why)) Looked(at, action, ActionStatus.Suppressed, why);
        else if (Rules.WhyFailed(action.Channel, State.Profile) is { } failed) Looked(at, action, ActionStatus.Failed, failed);
        else
        {
            Looked(at, action, ActionStatus.Sent, null);
            if (action is { Kind: CampaignKind.Marketing, Channel: Channel.Email or Channel.Push or Channel.InApp }) sent.Add(at);
        }
    }

    void Looked(DateTimeOffset at, JourneyAction action, ActionStatus became, string? reason, DateTimeOffset? heldUntil = null) =>
        items.Add(new JourneyItem.Looked(at, action, became, reason, heldUntil, State));
}
