using System.Collections.Immutable;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Workbench.Populations;

/// <summary>
/// The history of one learner up to the present, decided turn by turn as the product decides it, and what a copy of it is stored as.
/// </summary>
internal sealed class PlayedLearner
{
    private readonly Dictionary<ulong, string> messages = [];
    private readonly List<Step> steps = [];
    private readonly int reviewNumber;

    /// <param name="activities">In order of receipt, none behind the present, and at least one.</param>
    public PlayedLearner(string customerId, IReadOnlyList<Activity> activities, Rulebook book, DateTimeOffset present)
    {
        var playback = new Playback(customerId, [new Era(DateTimeOffset.MinValue, book)], steps.Add);
        // One turn: what was received at one instant.
        foreach (var turn in activities.GroupBy(activity => activity.ReceivedAt)) playback.Take([.. turn], turn.Key);
        playback.End(present);
        State = steps[^1].After;
        NextCheckAt = Lifecycle.CatchUp(State, book, present, present).NextCheckAt;
        foreach (var activity in activities.Where(activity => activity.ReceivedAt > present.AddHours(-Limits.RecentMessageHours - 1)))
            messages[Hashes.Of(activity.MessageId)] = activity.MessageId;
        for (; State.Governance.Review is { } review && ReviewIds.Of(customerId, reviewNumber) != review.Id; reviewNumber++)
            if (reviewNumber > State.Governance.Reviews) throw new InvalidOperationException($"{customerId} has an unknown review.");
    }

    public IReadOnlyList<Step> Steps => steps;

    public CustomerState State { get; }

    public DateTimeOffset? NextCheckAt { get; }

    /// <summary>Whether time alone moves it up to an instant.</summary>
    public bool MovesUntil(DateTimeOffset instant, Rulebook book) =>
        !Lifecycle.CatchUp(State, book, instant, instant).Transitions.IsEmpty;

    /// <summary>Under another id: its message ids and its open review, whose ids name the customer, become the copy's own.</summary>
    public CustomerState CopyFor(string customerId, string suffix) => State with
    {
        CustomerId = customerId,
        Recent = State.Recent with { Hours = [.. State.Recent.Hours.Select(hour => Own(hour, suffix))] },
        Governance = State.Governance.Review is not { } review ? State.Governance
            : State.Governance with { Review = review with { Id = ReviewIds.Of(customerId, reviewNumber) } },
    };

    private MessageHour Own(MessageHour hour, string suffix) =>
        hour with { Hashes = [.. hour.Hashes.Select(hash => Own(hash, suffix)).Order()] };

    private ulong Own(ulong hash, string suffix) => messages.TryGetValue(hash, out var id) ? Hashes.Of(id + suffix) : hash;
}
