using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>
/// One turn of a customer while it is being made: what is decided goes into the state at once, so that the next decision sees it.
/// </summary>
sealed partial class Turn(CustomerState? before, CustomerState state, Rulebook book, DateTimeOffset now, string? batchId)
{
    /// <summary>More moves at one instant than any sane rules make; the rest follows at the next instant.</summary>
    const int MovesPerInstantMax = 8;

    readonly Measures measures = new();
    readonly List<Transition> transitions = [];
    readonly List<StoredDecision> decisions = [];
    readonly List<ReviewChange> reviews = [];
    readonly List<StepCause> causes = [];

    public CustomerState State { get; private set; } = state;

    public void Adopt(CustomerState admitted) => State = admitted;

    public DateTimeOffset? NextCheckAfter(DateTimeOffset instant) => NextCheck.After(measures, State, book, instant);

    /// <param name="imported">Only the reason says so: what an import comes to is one row by "import", and this is not it.</param>
    public void AssignFirst(bool imported)
    {
        State = State with { Governance = State.Governance with { Transitions = 1 } };
        transitions.Add(new Transition
        {
            CustomerId = State.CustomerId, Number = 1, To = State.Tag, At = now, DueAt = now, AssignedBy = "system",
            Reason = imported ? "first assignment, of an import" : "first assignment", Kind = TransitionKind.First,
            RuleSetVersion = book.Rules.Version, BatchId = batchId,
        });
        if (!imported) causes.Add(StepCause.Of(transitions[^1]));
    }

    /// <summary>Decides each instant of (from, upTo] at which time alone could change the answer, in order.</summary>
    public void CatchUp(DateTimeOffset from, DateTimeOffset upTo)
    {
        if (!book.Policy.Enabled) return;
        // What was due before these rules were published was decided by the rules before them.
        var published = book.Rules.PublishedAt;
        if (published > from && published <= upTo) Decide(from = published);
        for (var instant = from; ;)
        {
            var next = book.Calendar.NextMidnight(instant);
            if (book.Policy.RealtimeEvaluation && NextCheckAfter(instant) is { } check && check < next) next = check;
            if (next > upTo) return;
            Decide(next);
            instant = next;
        }
    }

    /// <summary>Decides as of an instant, again after each move.</summary>
    /// <param name="asked">Somebody asked: a pending import is settled although it may not be over.</param>
    /// <param name="live">A live event came: it is decided although an import is pending; the settling finds what is left.</param>
    public void Decide(DateTimeOffset at, bool asked = false, bool live = false)
    {
        if (!book.Policy.Enabled) return;
        if (Situation.SettlesAt(State) is { } settles)
        {
            if (at >= settles || asked) SettleImport(at);
            else if (!live) return;
        }
        RaiseAlerts(at);
        for (var moves = 0; moves < MovesPerInstantMax; moves++)
        {
            measures.Load(State, book, at);
            var ruling = Evaluation.Rule(State, book, measures);
            RecordWithheld(ruling, at);
            if (moves == 0) CompareShadow(ruling, at);
            if (ruling.IsQuiet) return;
            CarryOut(ruling, at);
            if (ruling.Verdict != Verdict.Move) return;
        }
    }

    public Step Close(DateTimeOffset settledThrough, bool decided, Admitted? admitted = null)
    {
        var changed = !ReferenceEquals(State, before);
        var evaluated = decided && settledThrough > State.EvaluatedAt ? settledThrough : State.EvaluatedAt;
        var after = !changed ? State : State with
        {
            Version = (before?.Version ?? 0) + 1,
            EvaluatedAt = evaluated,
            Kept = BehaviorTags.Kept(State, book.Calendar, evaluated),
        };
        return new Step
        {
            Before = before,
            After = after,
            At = now,
            Accepted = admitted?.Accepted ?? [],
            Receipt = admitted?.Receipt ?? [],
            Transitions = [.. transitions],
            Decisions = [.. decisions],
            Reviews = [.. reviews],
            Causes = [.. causes],
            Audit = changed ? audit : null,
            Shadow = Compared,
            // While nothing may move, what is due stays due.
            NextCheckAt = NextCheck.After(measures, after, book, book.Policy.Enabled ? settledThrough : after.EvaluatedAt),
        };
    }

    /// <summary>Before what is decided: a review that is applied at the same instant has called for attention, too.</summary>
    void RaiseAlerts(DateTimeOffset at)
    {
        while (State.Governance.Review is { } review && Situation.NextAlert(review) <= at)
        {
            var alerted = review with { Alerts = review.Alerts + 1 };
            State = State with { Governance = State.Governance with { Review = alerted } };
            reviews.Add(Change(alerted, ReviewStatus.Open));
            causes.Add(StepCause.OfAlert(
                State.Governance.Reviews, alerted.Alerts, review.To, review.OpenedAt + Spans.ReviewAlerts[review.Alerts]));
        }
    }

    /// <summary>What would have been done is recorded once, and again when it changes.</summary>
    void RecordWithheld(in Ruling ruling, DateTimeOffset at)
    {
        var withheld = ruling.Hold is Holds.Locked or Holds.Shadow
            ? new Withheld(ruling.Winner!.Rule.Id, ruling.Winner.Rule.To, ruling.Hold) : null;
        if (withheld == State.Governance.Withheld) return;
        if (withheld is not null) Store(ruling, at);
        State = State with { Governance = State.Governance with { Withheld = withheld } };
    }

    void CarryOut(in Ruling ruling, DateTimeOffset at)
    {
        var decision = ruling.Verdict == Verdict.Stay ? 0 : Store(ruling, at);
        switch (ruling.Verdict)
        {
            case Verdict.Move:
                Move(ruling, ruling.Winner!.Rule.To, at, decision);
                break;
            case Verdict.OpenReview or Verdict.KeepReview:
                if (ruling.CloseReason is { } changed) EndReview(ReviewStatus.Superseded, changed, at, transition: null);
                PutReview(ruling, at, decision);
                break;
            default:
                EndReview(ruling.Withdrawn ? ReviewStatus.Withdrawn : ReviewStatus.Superseded, ruling.CloseReason!, at, transition: null);
                break;
        }
    }

    int Store(in Ruling ruling, DateTimeOffset at, bool settling = false)
    {
        var situation = Situation.Of(State, book, at, settling);
        var number = State.Governance.Decisions + 1;
        decisions.Add(new StoredDecision(number, at, DecisionRecord.Write(situation, book, measures, ruling)));
        State = State with { Governance = State.Governance with { Decisions = number } };
        return number;
    }

    /// <summary>Rules are applied until none is met, without dwell and reviews; what it comes to is one row.</summary>
    void SettleImport(DateTimeOffset at)
    {
        var original = State = State with { ImportedAt = null, FirstImportAt = null };
        var (stored, last) = (decisions.Count, default(Ruling));
        for (var round = 0; round < Spans.ImportRoundsMax; round++)
        {
            measures.Load(State, book, at);
            var ruling = Evaluation.Rule(State, book, measures, settling: true);
            if (ruling.Verdict != Verdict.Move) break;
            Store(ruling, at, settling: true);
            State = State with { Tag = ruling.Winner!.Rule.To, PreviousTag = State.Tag, TagSince = at };
            last = ruling;
        }
        var (to, decision) = (State.Tag, State.Governance.Decisions);
        State = original;
        if (to == original.Tag)
        {
            decisions.RemoveRange(stored, decisions.Count - stored);
            return;
        }
        State = original with { Governance = original.Governance with { Decisions = decision } };
        Move(last, to, at, decision);
    }

    void Move(in Ruling ruling, StatusTag to, DateTimeOffset at, int decision)
    {
        var (from, governance, winner) = (State.Tag, State.Governance, ruling.Winner!);
        var number = governance.Transitions + 1;
        measures.Load(State, book, at);
        transitions.Add(new Transition
        {
            CustomerId = State.CustomerId, Number = number, From = from, To = to, At = now, DueAt = at,
            Rule = winner.Rule.Name, RuleId = winner.Rule.Id, RuleSetVersion = book.Rules.Version, Confidence = winner.Effective,
            AssignedBy = ruling.Kind == TransitionKind.Import ? "import" : "system",
            Reason = ruling.Kind switch
            {
                TransitionKind.ReviewExpired => ReviewReasons.ReviewExpired,
                TransitionKind.Import => "import",
                _ => Reasons.Of(winner.Rule, measures),
            },
            Kind = ruling.Kind, BatchId = batchId, DecisionNumber = decision,
        });
        causes.Add(StepCause.Of(transitions[^1]));
        if (governance.Review is not null) EndReview(ReviewStatus.Superseded, ruling.CloseReason ?? CloseReasons.TagChanged, at, number);
        Enter(new RecentMove(number, from, to, at, ruling.Kind, Undone: false));
    }

    /// <summary>The tag begins, and what held for the one before is over.</summary>
    void Enter(RecentMove move)
    {
        var governance = State.Governance;
        State = State with
        {
            Tag = move.To, TagSince = move.DueAt, PreviousTag = move.From,
            Governance = governance with
            {
                Transitions = move.Number,
                Moves = Counted(governance.Moves, move),
                DwellFrom = move.Kind == TransitionKind.Import ? governance.DwellFrom : move.DueAt,
                ManualUntil = null,
                Silences = [],
                Withheld = null,
            },
        };
    }

    /// <summary>Those that rapid_changes may count, as of the latest.</summary>
    static ImmutableArray<RecentMove> Counted(ImmutableArray<RecentMove> moves, RecentMove latest) =>
        [.. moves.Append(latest).Where(move => ReviewReasons.Counts(move) && latest.DueAt < move.DueAt + Spans.Rapid)];

    void PutReview(in Ruling ruling, DateTimeOffset at, int decision)
    {
        var (governance, winner) = (State.Governance, ruling.Winner!);
        var number = governance.Review is null ? governance.Reviews + 1 : governance.Reviews;
        var review = new OpenReview
        {
            Id = governance.Review?.Id ?? ReviewIds.Of(State.CustomerId, number),
            From = State.Tag, To = winner.Rule.To, RuleId = winner.Rule.Id, Rule = winner.Rule.Name, Confidence = winner.Effective,
            Reasons = ruling.Reasons, OpenedAt = governance.Review?.OpenedAt ?? at, DecisionNumber = decision,
            Alerts = governance.Review?.Alerts ?? 0,
        };
        if (review.Reasons.Contains(ReviewReasons.HighValueAtRisk)
            && governance.Review?.Reasons.Contains(ReviewReasons.HighValueAtRisk) != true)
            causes.Add(StepCause.OfReview(number, review.To, at));
        State = State with { Governance = governance with { Reviews = number, Review = review } };
        reviews.Add(Change(review, ReviewStatus.Open));
    }

    void EndReview(ReviewStatus status, string reason, DateTimeOffset at, int? transition)
    {
        reviews.Add(Change(State.Governance.Review!, status) with { ClosedAt = at, CloseReason = reason, TransitionNumber = transition });
        State = State with { Governance = State.Governance with { Review = null } };
    }

    ReviewChange Change(OpenReview review, ReviewStatus status) => new()
    {
        Id = review.Id, CustomerId = State.CustomerId, From = review.From, To = review.To, RuleId = review.RuleId, Rule = review.Rule,
        Confidence = review.Confidence, Reasons = review.Reasons, Status = status, OpenedAt = review.OpenedAt,
        DecisionNumber = review.DecisionNumber, Alerts = review.Alerts,
    };
}
