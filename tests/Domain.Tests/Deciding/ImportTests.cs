using LStep.Domain.Deciding;
using static LStep.ActivityType;
using static LStep.Domain.Tests.Deciding.Learner;

namespace LStep.Domain.Tests.Deciding;

public class ImportTests
{
    /// <summary>A history of two modules and good scores that ended so many days ago, imported now.</summary>
    static Learner Imported(double daysAgo, string traits = "{}", Func<Governance, Governance>? governance = null)
    {
        var learner = new Learner();
        if (governance is not null) learner.Is("{}").With(governance);
        var at = T(-daysAgo);
        return learner.Record(
            learner.Make(ActivityType.Identify, properties: traits, at: at.AddDays(-60), origin: ActivityOrigin.Import),
            learner.Make(ModuleCompleted, at: at.AddDays(-1), origin: ActivityOrigin.Import),
            learner.Make(ModuleCompleted, at: at, origin: ActivityOrigin.Import),
            learner.Make(AssessmentTaken, 90, at: at, origin: ActivityOrigin.Import));
    }

    [Fact]
    public void An_import_is_recorded_without_deciding_and_settled_60_seconds_after_its_last_part()
    {
        var learner = Imported(daysAgo: 0);
        Assert.Equal((StatusTag.Active, "system"), (learner.Tag, Assert.Single(learner.Transitions).AssignedBy));
        Assert.Equal(T(minutes: 1), learner.Last!.NextCheckAt);
        learner.At(0, minutes: 0.5).Record(learner.Make(Login, origin: ActivityOrigin.Import));
        Assert.Equal(StatusTag.Active, learner.LiveUntil(T(minutes: 1.4)).Tag);
        learner.LiveUntil(T(minutes: 1.5));

        var row = learner.Transitions[^1];
        Assert.Equal(
            (StatusTag.Progressing, T(minutes: 1.5), "import", TransitionKind.Import), (row.To, row.DueAt, row.AssignedBy, row.Kind));
        Assert.Null(learner.State.ImportedAt);
        Assert.All(learner.Decisions, decision => Assert.True(DecisionRecord.Redecide(decision.Json).Same));
    }

    [Fact]
    public void Rules_are_applied_repeatedly_without_reviews_into_one_row()
    {
        // Declining, re-engaged and churned at once; for a high-value customer each would have been a review.
        var learner = Imported(daysAgo: 40, """{"tier":"Enterprise","ltv":9000}""").LiveUntil(T(minutes: 1));
        Assert.Equal([null, StatusTag.Active], learner.Transitions.Select(row => row.From));
        Assert.Equal(StatusTag.Churned, learner.Tag);
        Assert.Empty(learner.Reviews);
        Assert.True(learner.Decisions.Count >= 2);
        Assert.Null(learner.State.Governance.DwellFrom);
    }

    [Fact]
    public void An_import_that_comes_to_nothing_leaves_no_row_and_is_over()
    {
        var learner = new Learner();
        learner.Record(learner.Make(Login, origin: ActivityOrigin.Import)).LiveUntil(T(minutes: 1));
        Assert.Single(learner.Transitions);
        Assert.Equal(((DateTimeOffset?)null, T(minutes: 1)), (learner.State.ImportedAt, learner.State.EvaluatedAt));
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("manual")]
    [InlineData("rejected")]
    public void Locks_manual_holds_and_rejections_stay_in_force(string hold)
    {
        var learner = Imported(0, governance: g => hold switch
        {
            "lock" => g with { LockedUntil = T(1) },
            "manual" => g with { ManualUntil = T(1) },
            _ => g with { Silences = [new Silence(StatusTag.Active, StatusTag.Progressing, T(1))] },
        });
        Assert.Equal(StatusTag.Active, learner.LiveUntil(T(hours: 2)).Tag);
        Assert.Null(learner.State.ImportedAt);
    }

    [Fact]
    public void A_later_event_follows_the_normal_path()
    {
        var learner = Imported(daysAgo: 8).LiveUntil(T(hours: 1));
        Assert.Equal(StatusTag.Declining, learner.Tag);
        learner.At(0, hours: 2).Does(Login, AssessmentTaken).At(0, hours: 3).Does(Login).At(0, hours: 4).Does(Login);
        Assert.Equal((StatusTag.Active, TransitionKind.Automatic), (learner.Tag, learner.Transitions[^1].Kind));
    }

    [Fact]
    public void Whoever_asks_for_an_evaluation_does_not_wait_for_the_60_seconds() =>
        Assert.Equal(StatusTag.Progressing, Imported(daysAgo: 0).At(0, minutes: 0.1).Evaluate().Tag);
}
