using LStep.Domain.Deciding;
using static LStep.ActivityType;
using static LStep.Domain.Tests.Deciding.Learner;

namespace LStep.Domain.Tests.Deciding;

/// <summary>The life of a review that nobody decides. ltv above 5000 makes a fall a matter for people.</summary>
public class ReviewLifeTests
{
    const string HighValue = """{"tier":"Pro","ltv":8000}""";

    /// <summary>Silent since the origin: "Silent high-value customer" opens a review after three days.</summary>
    static Learner InReview() => new Learner().Is(HighValue).Does(Login, LessonCompleted).LiveUntil(T(3));

    [Fact]
    public void A_review_opens_at_the_exact_instant_and_names_all_its_reasons()
    {
        var learner = InReview();
        Assert.Equal(
            (T(3), StatusTag.Declining, "Silent high-value customer"), (learner.Review!.OpenedAt, learner.Review.To, learner.Review.Rule));
        Assert.Equal(["high_value_at_risk", "approval_required"], learner.Review.Reasons.ToArray());
        Assert.Equal(learner.Review.DecisionNumber, learner.Decisions[^1].Number);
        Assert.Equal(StatusTag.Active, learner.Tag);
    }

    [Fact]
    public void Nobody_decided_a_move_to_declining_for_72_hours_then_it_is_applied()
    {
        var learner = InReview();
        var review = learner.Review!;
        Assert.Equal(StatusTag.Active, learner.LiveUntil(T(6, minutes: -1)).Tag);
        learner.LiveUntil(T(6));

        var move = learner.Transitions[^1];
        Assert.Equal((StatusTag.Declining, T(6), TransitionKind.ReviewExpired, "review_expired", "system"), (
            move.To, move.DueAt, move.Kind, move.Reason, move.AssignedBy));
        var closed = learner.Reviews[^1];
        Assert.Equal((review.Id, ReviewStatus.Superseded, "review_expired", move.Number), (
            closed.Id, closed.Status, closed.CloseReason, closed.TransitionNumber));
        Assert.Null(learner.Review);
    }

    [Fact]
    public void It_calls_for_attention_after_24_hours_and_again_when_it_is_applied_after_72()
    {
        var learner = InReview();
        Assert.Equal(0, learner.Review!.Alerts);
        Assert.Equal(0, learner.LiveUntil(T(4, minutes: -1)).Review!.Alerts);
        Assert.Equal(1, learner.LiveUntil(T(4)).Review!.Alerts);
        Assert.Equal(1, learner.LiveUntil(T(6, minutes: -1)).Review!.Alerts);

        learner.LiveUntil(T(6));
        var last = learner.Reviews[^2..].Select(change => (change.Status, change.Alerts, change.CloseReason));
        Assert.Equal([(ReviewStatus.Open, 2, null), (ReviewStatus.Superseded, 2, "review_expired")], last);
    }

    [Fact]
    public void The_next_review_begins_to_wait_anew_and_another_rule_to_the_same_tag_does_not()
    {
        var learner = InReview().LiveUntil(T(4));
        var first = learner.Review!;
        learner.At(4, hours: 5).Does(Login).LiveUntil(T(7, hours: 5));
        Assert.NotEqual(first.Id, learner.Review!.Id);
        Assert.Equal(0, learner.Review.Alerts);

        learner = new Learner().Is(HighValue).Does(Login).LiveUntil(T(4));
        learner.Allowing(policy => policy with { AutoApply = false }).Is("""{"ltv":5000}""").LiveUntil(T(5));
        Assert.Equal(1, learner.Review!.Alerts);
    }

    [Fact]
    public void Another_rule_to_the_same_tag_keeps_the_review_and_when_it_opened()
    {
        var learner = new Learner().Is(HighValue).Does(Login).LiveUntil(T(4));
        var before = learner.Review!;
        learner.Allowing(policy => policy with { AutoApply = false }).Is("""{"ltv":5000}""").LiveUntil(T(5));

        Assert.NotEqual(before.RuleId, learner.Review!.RuleId);
        Assert.Equal((before.Id, before.OpenedAt), (learner.Review.Id, learner.Review.OpenedAt));
    }

    [Fact]
    public void A_review_is_withdrawn_when_the_customer_is_back()
    {
        var learner = InReview().At(3, hours: 5).Does(Login);
        Assert.Null(learner.Review);
        Assert.Equal((ReviewStatus.Withdrawn, "no_longer_holds"), (learner.Reviews[^1].Status, learner.Reviews[^1].CloseReason));
    }

    [Fact]
    public void A_review_is_superseded_when_something_else_is_recommended()
    {
        var learner = InReview().At(3, hours: 5)
            .Does((Login, null, "{}"), (ModuleCompleted, null, "{}"), (ModuleCompleted, null, "{}"), (AssessmentTaken, 90, "{}"));
        Assert.Equal(StatusTag.Progressing, learner.Tag);
        Assert.Equal((ReviewStatus.Superseded, "recommendation_changed"), (learner.Reviews[^1].Status, learner.Reviews[^1].CloseReason));
        Assert.Equal(learner.Transitions[^1].Number, learner.Reviews[^1].TransitionNumber);
    }

    [Fact]
    public void A_review_whose_reasons_are_gone_is_applied_and_names_its_transition()
    {
        var learner = new Learner().Is("{}").Does(Login, LessonCompleted).Allowing(policy => policy with { AutoApply = false })
            .LiveUntil(T(5, hours: 3));
        Assert.Contains("auto_apply_off", learner.Review!.Reasons);
        learner.Allowing(policy => policy with { AutoApply = true }).At(5, hours: 4).Evaluate();

        Assert.Equal((StatusTag.Declining, T(5, hours: 4), TransitionKind.Automatic), (
            learner.Transitions[^1].To, learner.Transitions[^1].DueAt, learner.Transitions[^1].Kind));
        Assert.Equal((ReviewStatus.Superseded, "applied", learner.Transitions[^1].Number), (
            learner.Reviews[^1].Status, learner.Reviews[^1].CloseReason, learner.Reviews[^1].TransitionNumber));
    }

    [Fact]
    public void A_locked_customers_review_may_end_but_nothing_opens_or_moves()
    {
        var learner = InReview().With(g => g with { LockedUntil = T(30) }).LiveUntil(T(8));
        Assert.NotNull(learner.Review);
        Assert.Equal(StatusTag.Active, learner.Tag);
        learner.At(8, hours: 1).Does(Login);
        Assert.Null(learner.Review);
        Assert.Null(learner.LiveUntil(T(20)).Review);
        Assert.Single(learner.Transitions);
        learner.LiveUntil(T(30));
        Assert.Equal((T(30), 2), (learner.Review!.OpenedAt, learner.State.Governance.Reviews));
    }

    [Fact]
    public void Under_a_manual_hold_a_review_opens_but_expires_only_after_it()
    {
        var learner = new Learner().Is(HighValue).Does(Login, LessonCompleted).With(g => g with { ManualUntil = T(7) })
            .LiveUntil(T(7, minutes: -1));
        Assert.Equal(T(3), learner.Review!.OpenedAt);
        learner.LiveUntil(T(7));
        Assert.Equal((StatusTag.Declining, T(7), TransitionKind.ReviewExpired), (
            learner.Tag, learner.Transitions[^1].DueAt, learner.Transitions[^1].Kind));
    }

    [Fact]
    public void A_move_to_churned_waits_14_days_and_a_return_from_it_72_hours()
    {
        var learner = new Learner().Is(HighValue).Does(Login, LessonCompleted).LiveUntil(T(60));
        var churned = Assert.Single(learner.Transitions, row => row.To == StatusTag.Churned);
        Assert.Equal((T(30 + 14), TransitionKind.ReviewExpired), (churned.DueAt, churned.Kind));

        learner.At(60).Does(Login).LiveUntil(T(63, minutes: -1));
        Assert.Equal((StatusTag.Churned, StatusTag.Active, T(60)), (learner.Tag, learner.Review!.To, learner.Review.OpenedAt));
        learner.LiveUntil(T(63));
        Assert.Equal((StatusTag.Active, T(63)), (learner.Tag, learner.Transitions[^1].DueAt));
    }

    [Fact]
    public void Ids_of_reviews_follow_from_the_customer_and_their_number()
    {
        Assert.Equal(ReviewIds.Of("learner", 1), InReview().Review!.Id);
        Assert.NotEqual(ReviewIds.Of("learner", 1), ReviewIds.Of("learner", 2));
        Assert.NotEqual(ReviewIds.Of("learner", 1), ReviewIds.Of("other", 1));
    }
}
