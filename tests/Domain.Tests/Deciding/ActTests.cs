using LStep.Domain.Deciding;
using static LStep.ActivityType;
using static LStep.Domain.Tests.Deciding.Learner;

namespace LStep.Domain.Tests.Deciding;

/// <summary>What people decide, and what automation makes of it afterwards.</summary>
public class ActTests
{
    const string HighValue = """{"tier":"Pro","ltv":8000}""";

    static Learner InReview() => new Learner().Is(HighValue).Does(Login, LessonCompleted).LiveUntil(T(3));

    /// <summary>Moved to declining by "At-risk detection" after five days of silence.</summary>
    static Learner Declined() => new Learner().Does(Login, LessonCompleted).LiveUntil(T(5));

    static (StatusTag, DateTimeOffset, StatusTag?) Standing(Learner learner) =>
        (learner.Tag, learner.State.TagSince, learner.State.PreviousTag);

    [Fact]
    public void An_approved_review_moves_the_customer_in_the_name_of_who_approved()
    {
        var learner = InReview();
        var review = learner.Review!;
        learner.At(3, hours: 5).Approves("call her");

        var row = learner.Transitions[^1];
        Assert.Equal(
            (StatusTag.Declining, TransitionKind.Approved, "manual:ada", review.Rule, review.DecisionNumber, T(3, 5)),
            (row.To, row.Kind, row.AssignedBy, row.Rule, row.DecisionNumber!.Value, row.DueAt));
        var closed = learner.Reviews[^1];
        Assert.Equal(
            (review.Id, ReviewStatus.Approved, "ada", "call her", row.Number),
            (closed.Id, closed.Status, closed.DecidedBy, closed.Note, closed.TransitionNumber!.Value));
        Assert.Equal(("review.approved", "call her", StatusTag.Active, StatusTag.Declining), (
            learner.Last!.Audit!.Action, learner.Last.Audit.Reason, learner.Last.Audit.Before.Tag, learner.Last.Audit.After.Tag));
        Assert.Null(learner.Review);
    }

    [Fact]
    public void A_review_whose_ground_is_gone_is_not_applied_and_the_person_is_told()
    {
        var learner = InReview();
        var review = learner.Review!.Id;
        learner.At(3, hours: 5).Does(Login);
        learner.Acts(new ApproveReview(Ada, review, null));
        Assert.Equal((ActRefusal.ReviewClosed, StatusTag.Active), (learner.Refusal, learner.Tag));
        Assert.Null(learner.Last!.Audit);
    }

    [Fact]
    public void A_review_that_expired_before_the_person_came_is_closed_and_its_move_stands()
    {
        var learner = InReview();
        var review = learner.Review!.Id;
        learner.At(6, minutes: 1).Acts(new RejectReview(Ada, review, null));
        Assert.Equal((ActRefusal.ReviewClosed, StatusTag.Declining), (learner.Refusal, learner.Tag));
        Assert.Equal(TransitionKind.ReviewExpired, learner.Transitions[^1].Kind);
    }

    [Fact]
    public void A_rejected_move_stays_away_for_14_days_by_any_rule_and_then_comes_back()
    {
        var learner = InReview().At(3, hours: 1).Rejects();
        Assert.Equal((ReviewStatus.Rejected, "ada"), (learner.Reviews[^1].Status, learner.Reviews[^1].DecidedBy));
        learner.LiveUntil(T(17, minutes: 59));
        Assert.Null(learner.Review);
        Assert.Equal(StatusTag.Active, learner.Tag);
        learner.LiveUntil(T(17, hours: 1));
        Assert.Equal((StatusTag.Declining, T(17, 1)), (learner.Review!.To, learner.Review.OpenedAt));
    }

    [Fact]
    public void A_tag_set_by_hand_is_left_by_automation_after_7_days_only()
    {
        var learner = Declined().At(5, hours: 2).Sets(StatusTag.Active);
        var row = learner.Transitions[^1];
        Assert.Equal(
            (StatusTag.Declining, StatusTag.Active, TransitionKind.Override, "manual:ada", "as agreed", null),
            (row.From, row.To, row.Kind, row.AssignedBy, row.Reason, row.Rule));
        // The fall and its correction are two rapid changes: a review may open meanwhile, and expires after the hold only.
        Assert.Equal("dwell", learner.Explain().Held);
        Assert.Equal(["rapid_changes"], learner.LiveUntil(T(6, hours: 1)).Review!.Reasons.ToArray());
        learner.LiveUntil(T(12, hours: 2, minutes: -1));
        Assert.Equal(StatusTag.Active, learner.Tag);
        learner.LiveUntil(T(12, hours: 2));
        Assert.Equal((StatusTag.Declining, T(12, 2)), (learner.Tag, learner.State.TagSince));
    }

    [Fact]
    public void The_tag_it_has_already_changes_the_lock_and_writes_no_row()
    {
        var learner = Declined().At(5, hours: 2);
        var rows = learner.Transitions.Count;
        learner.Sets(StatusTag.Declining, T(9));
        Assert.Equal((rows, T(9)), (learner.Transitions.Count, learner.State.Governance.LockedUntil!.Value));
        Assert.Equal("customer.lock_changed", learner.Last!.Audit!.Action);
        learner.Sets(StatusTag.Declining);
        Assert.Null(learner.State.Governance.LockedUntil);
    }

    [Fact]
    public void A_lock_that_would_have_ended_is_refused() =>
        Assert.Equal(ActRefusal.LockInThePast, Declined().At(5, hours: 2).Sets(StatusTag.Active, T(5, 2)).Refusal);

    [Fact]
    public void While_a_lock_holds_what_automation_would_have_done_is_recorded_once()
    {
        var learner = new Learner().Does(Login, LessonCompleted).At(1).Sets(StatusTag.Progressing, T(20));
        var before = learner.Decisions.Count;
        learner.LiveUntil(T(19));
        Assert.Equal(StatusTag.Progressing, learner.Tag);
        var record = Assert.Single(learner.Decisions[before..]);
        Assert.Contains("\"held\":\"locked\"", record.Json);
        Assert.True(DecisionRecord.Redecide(record.Json).Same);
        learner.LiveUntil(T(20));
        Assert.Equal((StatusTag.Declining, T(20)), (learner.Tag, learner.State.TagSince));
    }

    [Fact]
    public void An_undo_restores_tag_and_since_and_the_move_stays_away_for_14_days()
    {
        var learner = new Learner().Does(Login, LessonCompleted).LiveUntil(T(5, minutes: -1));
        var before = Standing(learner);
        learner.LiveUntil(T(5, hours: 3)).Undoes(2);

        Assert.Equal(before, Standing(learner));
        var row = learner.Transitions[^1];
        Assert.Equal((TransitionKind.Undo, 2, "manual:ada", "undo"), (row.Kind, row.UndoesNumber!.Value, row.AssignedBy, row.Reason));
        Assert.Null(learner.State.Governance.DwellFrom);
        learner.LiveUntil(T(19, hours: 3, minutes: -1));
        Assert.Equal(StatusTag.Active, learner.Tag);
        learner.LiveUntil(T(19, hours: 3));
        Assert.Equal(StatusTag.Declining, learner.Tag);
    }

    [Fact]
    public void Only_what_is_latest_can_be_undone_and_cascade_takes_back_the_rest_step_by_step()
    {
        var learner = Declined().At(5, hours: 2).Sets(StatusTag.ReEngagement).At(5, hours: 3);
        var beforeAll = learner.Transitions[0];
        Assert.Equal(ActRefusal.NotLatest, learner.Undoes(2).Refusal);
        learner.Acts(new UndoTransitions(Ada, [2], Cascade: true, "wrong rules"));

        Assert.Equal([3, 2], learner.Transitions.TakeLast(2).Select(row => row.UndoesNumber!.Value));
        Assert.Equal((StatusTag.Active, beforeAll.DueAt), (learner.Tag, learner.State.TagSince));
        Assert.Equal(ActRefusal.AlreadyUndone, learner.Undoes(2).Refusal);
        Assert.Equal(ActRefusal.NotUndoable, learner.Undoes(1).Refusal);
        Assert.Equal(ActRefusal.NotUndoable, learner.Undoes(4).Refusal);
        Assert.Equal(ActRefusal.Unknown, learner.Undoes(99).Refusal);
    }

    [Fact]
    public void After_an_undo_the_row_before_it_is_the_latest_again()
    {
        var learner = Declined().At(5, hours: 2).Sets(StatusTag.ReEngagement).At(5, hours: 3).Undoes(3);
        Assert.Equal((StatusTag.Declining, T(5)), (learner.Tag, learner.State.TagSince));
        Assert.Equal(T(5), learner.State.Governance.DwellFrom);
        Assert.Equal(ActRefusal.None, learner.At(5, hours: 4).Undoes(2).Refusal);
        Assert.Equal(StatusTag.Active, learner.Tag);
    }

    [Fact]
    public void Undone_moves_and_undos_do_not_count_as_rapid_changes()
    {
        var learner = Declined();
        Assert.Equal(1, ReviewReasons.FallsAndRecoveries(learner.State.Governance, learner.Now));
        learner.At(5, hours: 3).Undoes(2);
        Assert.Equal(0, ReviewReasons.FallsAndRecoveries(learner.State.Governance, learner.Now));
    }

    [Fact]
    public void A_persons_moves_count_as_rapid_changes()
    {
        var learner = Declined().At(5, hours: 2).Sets(StatusTag.Active);
        Assert.Equal(2, ReviewReasons.FallsAndRecoveries(learner.State.Governance, learner.Now));
    }

    [Fact]
    public void While_nothing_may_move_a_person_moves_nothing_either()
    {
        var learner = Declined().Allowing(policy => policy with { Enabled = false }).At(5, hours: 2);
        Assert.Equal(ActRefusal.StatusTagsDisabled, learner.Sets(StatusTag.Active).Refusal);
        Assert.Equal(ActRefusal.StatusTagsDisabled, learner.Undoes(2).Refusal);
        Assert.Equal(StatusTag.Declining, learner.Tag);
    }

    [Fact]
    public void A_tag_set_by_hand_closes_the_open_review()
    {
        var learner = InReview();
        var before = learner.Reviews.Count;
        learner.At(3, hours: 1).Sets(StatusTag.ReEngagement);
        var closed = Assert.Single(learner.Reviews[before..]);
        Assert.Equal((ReviewStatus.Superseded, "tag_changed", 2), (closed.Status, closed.CloseReason, closed.TransitionNumber!.Value));
    }
}
