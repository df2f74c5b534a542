using LStep.Domain.Deciding;
using LStep.Domain.Tests.Deciding;
using static LStep.ActivityType;
using static LStep.Domain.Tests.Deciding.Learner;

namespace LStep.Domain.Tests.Campaigning;

/// <summary>What of a customer's life campaigns follow from.</summary>
public class CauseTests
{
    const string HighValue = """{"tier":"Pro","ltv":8000}""";

    static Learner InReview() => new Learner().Is(HighValue).Does(Login, LessonCompleted).LiveUntil(T(3));

    static StepCause OfRow(Transition row) => new(CauseKind.Transition, row.Number, row.To, row.DueAt);

    [Fact]
    public void Every_row_of_the_ledger_has_its_cause_whoever_wrote_it_and_whenever_it_was_due()
    {
        var learner = new Learner().Is(HighValue).Does(Login, LessonCompleted).LiveUntil(T(6)).At(6, hours: 1).Sets(StatusTag.Mastery)
            .At(6, hours: 2).Undoes(3).LiveUntil(T(60));
        learner.At(61).Does(Login, LessonCompleted).LiveUntil(T(62));

        Assert.Equal(
            [TransitionKind.First, TransitionKind.ReviewExpired, TransitionKind.Override, TransitionKind.Undo],
            learner.Transitions.Take(4).Select(row => row.Kind));
        Assert.True(learner.Transitions.Count > 4);
        Assert.Equal(learner.Transitions.Select(OfRow), learner.Causes.Where(cause => cause.Kind == CauseKind.Transition));
    }

    [Fact]
    public void The_first_assignment_of_an_import_starts_nothing_and_that_of_a_live_event_does()
    {
        var imported = new Learner();
        imported.Record(imported.Make(Login, origin: ActivityOrigin.Import));
        Assert.Empty(imported.Causes);
        var live = new Learner().Does(Login);
        Assert.Equal([OfRow(live.Transitions.Single())], live.Causes);
        var both = new Learner();
        both.Record(both.Make(Login, origin: ActivityOrigin.Import), both.Make(LessonCompleted));
        Assert.Equal([OfRow(both.Transitions.Single())], both.Causes);
    }

    [Fact]
    public void A_review_of_a_high_value_customer_is_a_cause_at_the_instant_it_opens_and_once()
    {
        var learner = InReview();
        var opened = new StepCause(CauseKind.HighValueReview, 1, StatusTag.Declining, T(3));
        Assert.Equal([opened], learner.Causes.Skip(1));
        learner.LiveUntil(T(3, hours: 20)).Is("""{"tier":"Pro","ltv":9000}""").LiveUntil(T(3, hours: 23));
        Assert.NotNull(learner.Review);
        Assert.Equal([opened], learner.Causes.Skip(1));
    }

    [Fact]
    public void A_review_that_comes_to_concern_a_high_value_customer_is_a_cause_then_and_bears_the_same_number_when_it_does_again()
    {
        var learner = new Learner().Allowing(policy => policy with { AutoApply = false }).Is("""{"tier":"Pro","ltv":100}""")
            .Does(Login, LessonCompleted).LiveUntil(T(6));
        Assert.NotNull(learner.Review);
        Assert.DoesNotContain(learner.Causes, cause => cause.Kind == CauseKind.HighValueReview);
        foreach (var (hours, ltv) in new[] { (1, 8000), (2, 100), (3, 8000) })
            learner.At(6, hours).Is($$"""{"ltv":{{ltv}}}""");
        Assert.Equal(
            [(1, T(6, 1)), (1, T(6, 3))],
            learner.Causes.Where(cause => cause.Kind == CauseKind.HighValueReview).Select(cause => (cause.Number, cause.DueAt)));
    }

    [Fact]
    public void The_alerts_of_a_review_are_causes_as_of_24_and_72_hours_also_when_they_are_made_up_late_and_no_two_bear_one_number()
    {
        StepCause[] expected =
        [
            new(CauseKind.ReviewAlert, 3, StatusTag.Declining, T(4), Alert: 1),
            new(CauseKind.ReviewAlert, 4, StatusTag.Declining, T(6), Alert: 2),
        ];
        Assert.Equal(expected, Alerts(InReview().LiveUntil(T(7))));
        Assert.Equal(expected, Alerts(InReview().Until(9)));
        var two = InReview().LiveUntil(T(4)).At(4, hours: 5).Does(Login).LiveUntil(T(7, hours: 5)).LiveUntil(T(9));
        Assert.Equal(Alerts(two).Count(), Alerts(two).Select(cause => cause.Number).Distinct().Count());
        Assert.Equal([3, 5], Alerts(two).Select(cause => cause.Number));

        static IEnumerable<StepCause> Alerts(Learner learner) => learner.Causes.Where(cause => cause.Kind == CauseKind.ReviewAlert);
    }

    [Fact]
    public void A_refused_act_and_a_lock_start_nothing()
    {
        var learner = new Learner().Does(Login);
        var before = learner.Causes.Count;
        learner.At(0, 1).Sets(StatusTag.Active, lockedUntil: T(3)).Acts(new ApproveReview(Ada, Guid.Empty, null)).Undoes(1);
        Assert.Equal(before, learner.Causes.Count);
    }
}
