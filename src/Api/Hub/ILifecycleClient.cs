using LStep.Api.Campaigns;
using LStep.Api.Reviews;
using LStep.Domain;
using LStep.Grains.Evaluations;
using Microsoft.AspNetCore.SignalR;

namespace LStep.Api.Hub;

/// <summary>What the server tells a subscriber.</summary>
public interface ILifecycleClient
{
    /// <summary>In ledger order; none lost or repeated, but for what a gap names.</summary>
    [HubMethodName("transition")] Task Transition(LiveTransition transition);

    /// <summary>At most once a second, when a figure changed.</summary>
    [HubMethodName("counts")] Task Counts(CountsNow counts);

    /// <summary>A review was opened, changed or closed: this is how it stands now.</summary>
    [HubMethodName("review")] Task Review(ReviewRow review);

    /// <summary>A batch started, went on or finished: this is how far it is.</summary>
    [HubMethodName("batch")] Task Batch(BatchRow batch);

    /// <summary>A campaign's action was planned, held, sent or ended: this is how it stands now.</summary>
    [HubMethodName("action")] Task Action(ActionRow action);

    /// <summary>
    /// You were too slow: transitions after From up to To were left out. Read them from the ledger; live ones go on after To.
    /// </summary>
    [HubMethodName("gap")] Task Gap(Gap gap);
}

public sealed record LiveTransition(
    long Id, string CustomerId, StatusTag? From, StatusTag To, DateTimeOffset At, DateTimeOffset DueAt, string? Rule, decimal? Confidence,
    string AssignedBy, string Reason, int? DecisionId)
{
    public static LiveTransition Of(Transition row) => new(
        row.Id, row.CustomerId, row.From, row.To, row.At, row.DueAt, row.Rule, row.Confidence, row.AssignedBy, row.Reason,
        row.DecisionNumber);
}

public sealed record Gap(long From, long To);

/// <param name="After">The last transition id the client has seen: what it missed comes first. Without it, only what is new comes.</param>
/// <param name="Tags">Only transitions from or to one of these.</param>
public sealed record Subscribe(long? After, IReadOnlyList<StatusTag>? Tags);

/// <param name="After">The ledger id from which on transitions will come.</param>
public sealed record Subscribed(long After);
