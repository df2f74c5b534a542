using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain;

/// <summary>The one place where a customer's status changes: a pure function of state, activities, rules and an instant.</summary>
public static class Lifecycle
{
    /// <summary>
    /// Makes up what time made due up to now, records the activities, decides. state is null for a customer not yet known
    /// (then activities must not be empty). now is raised to state.EvaluatedAt where a clock runs behind.
    /// known: message ids of the call that the log has already, where Admission.NeedsKnownIds asks for them; lessons: those of older days
    /// that it has, where CompletedLessons.DaysAsked does.
    /// </summary>
    public static Step Record(
        string customerId, CustomerState? state, IReadOnlyList<Activity> activities, Rulebook book, DateTimeOffset now,
        IReadOnlySet<string>? known = null, CompletedLessons? lessons = null)
    {
        if (state is null) return Begin(customerId, activities, book, now);
        now = NotBefore(now, state);
        var decides = book.Policy is { Enabled: true, RealtimeEvaluation: true };
        var turn = new Turn(state, state, book, now, batchId: null);
        if (decides) turn.CatchUp(state.EvaluatedAt, now);
        var admitted = Admission.Admit(turn.State, activities, book.Calendar, now, known, lessons);
        turn.Adopt(admitted.State);
        if (decides) turn.Decide(now, live: HasLive(admitted));
        return turn.Close(now, decides, admitted);
    }

    /// <summary>
    /// Makes up everything that time alone made due in (from, upTo], step by step as of each due instant.
    /// from is the later of state.EvaluatedAt and checkedUpTo (an instant up to which all was found settled before).
    /// Without an outcome the step has no changes.
    /// </summary>
    /// <param name="asked">Somebody asked for everybody to be evaluated: decides as of upTo, also where nothing became due.</param>
    public static Step CatchUp(
        CustomerState state, Rulebook book, DateTimeOffset upTo, DateTimeOffset now, string? batchId = null,
        DateTimeOffset? checkedUpTo = null, bool asked = false)
    {
        var from = checkedUpTo > state.EvaluatedAt ? checkedUpTo.Value : state.EvaluatedAt;
        var turn = new Turn(state, state, book, NotBefore(now, state), batchId);
        turn.CatchUp(from, upTo);
        if (asked && upTo >= from) turn.Decide(upTo);
        return turn.Close(upTo > from ? upTo : from, book.Policy.Enabled);
    }

    /// <summary>Decides as of now, on demand.</summary>
    /// <param name="by">Who asked, for the audit log; it is written where something came of it.</param>
    public static Step Evaluate(CustomerState state, Rulebook book, DateTimeOffset now, Person? by = null)
    {
        now = NotBefore(now, state);
        var turn = new Turn(state, state, book, now, batchId: null);
        turn.CatchUp(state.EvaluatedAt, now);
        turn.DecideFor(by);
        return turn.Close(now, book.Policy.Enabled);
    }

    /// <summary>
    /// Carries out what a person decided, after everything that became due before. What became due is in the step also when the act is
    /// refused.
    /// </summary>
    /// <param name="history">The customer's ledger, ascending; looked at only where rows are taken back.</param>
    public static Acted Act(
        CustomerState state, CustomerAct act, Rulebook book, DateTimeOffset now, ImmutableArray<HistoryRow> history = default)
    {
        now = NotBefore(now, state);
        var turn = new Turn(state, state, book, now, batchId: null);
        turn.CatchUp(state.EvaluatedAt, now);
        var (refusal, movedOn) = turn.Act(act, history);
        return new Acted(turn.Close(now, book.Policy.Enabled), refusal, movedOn);
    }

    /// <summary>
    /// What would follow if a rule moved the customer to a tag now: for forecasts, which commit nothing. Without an outcome where the
    /// customer has the tag.
    /// </summary>
    public static Step Suppose(CustomerState state, StatusTag tag, Rulebook book, DateTimeOffset now)
    {
        now = NotBefore(now, state);
        var turn = new Turn(state, state, book, now, batchId: null);
        turn.CatchUp(state.EvaluatedAt, now);
        if (turn.State.Tag != tag) turn.Suppose(tag);
        return turn.Close(now, book.Policy.Enabled);
    }

    /// <summary>Explains as of now; changes nothing.</summary>
    public static EvaluationView Explain(CustomerState state, Rulebook book, DateTimeOffset now) =>
        Explanation.Of(state, book, NotBefore(now, state));

    /// <summary>A customer comes into being in ST_001 with the first activity that is accepted, also while nothing may move.</summary>
    static Step Begin(string customerId, IReadOnlyList<Activity> activities, Rulebook book, DateTimeOffset now)
    {
        var unborn = new CustomerState
        {
            CustomerId = customerId, Tag = StatusTag.Active, TagSince = now, EvaluatedAt = now,
            Profile = Profile.Empty, Governance = Governance.Empty, Kept = new KeptTags(now, 0, IsWhole: true),
        };
        var admitted = Admission.Admit(unborn, activities, book.Calendar, now);
        if (admitted.Accepted.IsEmpty) return new Step { Before = null, After = unborn, At = now, Receipt = admitted.Receipt };
        var turn = new Turn(null, admitted.State, book, now, batchId: null);
        turn.AssignFirst(imported: admitted.Accepted.All(activity => activity.Origin == ActivityOrigin.Import));
        var decides = book.Policy is { Enabled: true, RealtimeEvaluation: true };
        if (decides) turn.Decide(now, live: HasLive(admitted));
        return turn.Close(now, decides, admitted);
    }

    static bool HasLive(Admitted admitted) => admitted.Accepted.Any(activity => activity.Origin == ActivityOrigin.Live);

    static DateTimeOffset NotBefore(DateTimeOffset now, CustomerState state) => now < state.EvaluatedAt ? state.EvaluatedAt : now;
}
