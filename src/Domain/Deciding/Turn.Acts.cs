using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>
/// What people decide. An act comes after everything that time made due before it, and is followed by a decision as of now.
/// </summary>
sealed partial class Turn
{
    StepAudit? audit;

    /// <param name="history">The customer's ledger, ascending; asked for where rows are taken back.</param>
    public (ActRefusal Refusal, int MovedOn) Act(CustomerAct act, ImmutableArray<HistoryRow> history)
    {
        var refused = act switch
        {
            ApproveReview approve => (Approve(approve), 0),
            RejectReview reject => (Reject(reject), 0),
            OverrideTag set => (Override(set), 0),
            UndoTransitions undo => Undo(undo, history),
            _ => throw new InvalidOperationException("a closed set has grown"),
        };
        if (refused.Item1 == ActRefusal.None) Decide(now);
        return refused;
    }

    /// <summary>Somebody asked for a decision now.</summary>
    public void DecideFor(Person? by)
    {
        var before = Audited;
        Decide(now, asked: true);
        if (by is not null) audit = new StepAudit(by, "customer.evaluated", State.CustomerId, before, Audited, Reason: null);
    }

    /// <summary>As if a rule had moved the customer now; what the rules say next is decided behind it.</summary>
    public void Suppose(StatusTag to)
    {
        var move = new RecentMove(State.Governance.Transitions + 1, State.Tag, to, now, TransitionKind.Automatic, Undone: false);
        transitions.Add(new Transition
        {
            CustomerId = State.CustomerId, Number = move.Number, From = move.From, To = to, At = now, DueAt = now,
            RuleSetVersion = book.Rules.Version, AssignedBy = "system", Reason = "supposed", Kind = move.Kind,
        });
        causes.Add(StepCause.Of(transitions[^1]));
        if (State.Governance.Review is not null) EndReview(ReviewStatus.Superseded, CloseReasons.TagChanged, now, move.Number);
        Enter(move);
        Decide(now);
    }

    /// <summary>The review is looked at once more as of now: what does not hold any more is not applied.</summary>
    ActRefusal Approve(ApproveReview act)
    {
        if (!book.Policy.Enabled) return ActRefusal.StatusTagsDisabled;
        Decide(now, asked: true);
        if (State.Governance.Review is not { } review || review.Id != act.Review) return ActRefusal.ReviewClosed;
        var before = Audited;
        var rule = book.Rules.Rules.FirstOrDefault(rule => rule.Id == review.RuleId);
        measures.Load(State, book, now);
        var number = Assign(
            act.By, review.To, TransitionKind.Approved, rule is null ? review.Rule : Reasons.Of(rule, measures), transition =>
                transition with
            {
                Rule = review.Rule, RuleId = review.RuleId, RuleSetVersion = book.Rules.Version, Confidence = review.Confidence,
                DecisionNumber = review.DecisionNumber,
            });
        Close(review, ReviewStatus.Approved, act.By, act.Note, number);
        audit = new StepAudit(act.By, "review.approved", review.Id.ToString(), before, Audited, act.Note);
        return ActRefusal.None;
    }

    ActRefusal Reject(RejectReview act)
    {
        if (State.Governance.Review is not { } review || review.Id != act.Review) return ActRefusal.ReviewClosed;
        var before = Audited;
        Close(review, ReviewStatus.Rejected, act.By, act.Note, transition: null);
        Silence(review.From, review.To);
        audit = new StepAudit(act.By, "review.rejected", review.Id.ToString(), before, Audited, act.Note);
        return ActRefusal.None;
    }

    ActRefusal Override(OverrideTag act)
    {
        if (act.LockedUntil <= now) return ActRefusal.LockInThePast;
        if (!book.Policy.Enabled && act.Tag != State.Tag) return ActRefusal.StatusTagsDisabled;
        var before = Audited;
        if (act.Tag != State.Tag)
        {
            var review = State.Governance.Review;
            var number = Assign(
                act.By, act.Tag, TransitionKind.Override, act.Reason, transition => transition with { BatchId = act.BatchId });
            if (review is not null) EndReview(ReviewStatus.Superseded, CloseReasons.TagChanged, now, number);
        }
        if (act.LockedUntil != State.Governance.LockedUntil)
            State = State with { Governance = State.Governance with { LockedUntil = act.LockedUntil } };
        audit = new StepAudit(
            act.By, act.Tag == before.Tag ? "customer.lock_changed" : "customer.overridden", State.CustomerId, before, Audited, act.Reason);
        return ActRefusal.None;
    }

    /// <summary>From the newest row down to the first of those named: what came after it goes too, or is a refusal.</summary>
    (ActRefusal Refusal, int MovedOn) Undo(UndoTransitions act, ImmutableArray<HistoryRow> history)
    {
        if (!book.Policy.Enabled) return (ActRefusal.StatusTagsDisabled, 0);
        // What time made due in this very turn is not in the stored ledger yet.
        var ledger = history.AddRange(
            transitions.Select(row => new HistoryRow(row.Number, row.From, row.To, row.DueAt, row.Kind, Undone: false)));
        var named = ledger.Where(row => act.Numbers.Contains(row.Number)).ToList();
        if (named.Count == 0) return (ActRefusal.Unknown, 0);
        if (named.All(row => !row.Stands || row.From is null))
            return (named.Exists(row => row.Undone) ? ActRefusal.AlreadyUndone : ActRefusal.NotUndoable, 0);
        var first = named.First(row => row.Stands && row.From is not null).Number;
        var standing = ledger.Where(row => row.Stands).ToList();
        var taken = standing.Where(row => row.Number >= first).Reverse().ToList();
        if (!act.Cascade && taken.Find(row => !act.Numbers.Contains(row.Number)) is { } later) return (ActRefusal.NotLatest, later.Number);

        var before = Audited;
        foreach (var row in taken)
        {
            standing.Remove(row);
            TakeBack(row, standing, act);
        }
        audit = new StepAudit(act.By, "transition.undone", string.Join(',', taken.Select(row => row.Number)), before, Audited, act.Note);
        return (ActRefusal.None, 0);
    }

    /// <param name="standing">The rows below it that stand, ascending: the first assignment at least.</param>
    void TakeBack(HistoryRow row, List<HistoryRow> standing, UndoTransitions act)
    {
        var restored = standing[^1];
        var review = State.Governance.Review;
        var number = Assign(
            act.By, restored.To, TransitionKind.Undo, act.Note is { Length: > 0 } note ? note : "undo",
            transition => transition with { UndoesNumber = row.Number });
        if (review is not null) EndReview(ReviewStatus.Superseded, CloseReasons.TagChanged, now, number);
        State = State with
        {
            TagSince = restored.DueAt,
            PreviousTag = restored.From,
            Governance = State.Governance with
            {
                // Neither row is a move that counts, nor starts a dwell.
                Moves = [.. State.Governance.Moves
                    .Where(move => move.Number != number)
                    .Select(move => move.Number == row.Number ? move with { Undone = true } : move)],
                DwellFrom = standing.FindLast(one => one.Kind is TransitionKind.Automatic or TransitionKind.ReviewExpired)?.DueAt,
            },
        };
        if (row.Kind != TransitionKind.Override) Silence(row.From!.Value, row.To);
    }

    /// <summary>A person's row in the ledger; the tag is left alone from now on.</summary>
    int Assign(Person by, StatusTag to, TransitionKind kind, string reason, Func<Transition, Transition> more)
    {
        var (from, governance) = (State.Tag, State.Governance);
        var number = governance.Transitions + 1;
        transitions.Add(more(new Transition
        {
            CustomerId = State.CustomerId, Number = number, From = from, To = to, At = now, DueAt = now, AssignedBy = by.AssignedBy,
            Reason = reason, Kind = kind,
        }));
        causes.Add(StepCause.Of(transitions[^1]));
        State = State with
        {
            Tag = to, TagSince = now, PreviousTag = from,
            Governance = governance with
            {
                Transitions = number,
                Moves = Counted(governance.Moves, new RecentMove(number, from, to, now, kind, Undone: false)),
                ManualUntil = now + Spans.Manual,
                Silences = [],
                Withheld = null,
            },
        };
        return number;
    }

    void Close(OpenReview review, ReviewStatus status, Person by, string? note, int? transition)
    {
        reviews.Add(Change(review, status) with { ClosedAt = now, DecidedBy = by.Name, Note = note, TransitionNumber = transition });
        State = State with { Governance = State.Governance with { Review = null } };
    }

    void Silence(StatusTag from, StatusTag to) => State = State with
    {
        Governance = State.Governance with
        {
            Silences = [
                .. State.Governance.Silences.Where(one => now < one.Until && (one.From, one.To) != (from, to)),
                new Silence(from, to, now + Spans.Silence)],
        },
    };

    AuditedTag Audited => new(State.CustomerId, State.Tag, State.TagSince, State.Governance.LockedUntil);
}
