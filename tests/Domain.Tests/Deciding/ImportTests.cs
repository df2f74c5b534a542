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
    public void A_live_event_is_decided_in_its_own_turn_while_imports_go_on_and_the_settling_finds_what_is_left()
    {
        var learner = Imported(daysAgo: 0, """{"curriculumCompletion":95}""");
        learner.At(0, minutes: 0.2).Does(PageView);
        var move = learner.Transitions[^1];
        Assert.Equal((StatusTag.Progressing, T(minutes: 0.2), "system", TransitionKind.Automatic), (
            move.To, move.DueAt, move.AssignedBy, move.Kind));
        Assert.Equal((T(minutes: 0.2), T(minutes: 1)), (learner.State.Governance.DwellFrom, learner.Last!.NextCheckAt));

        // Ten answers and a final: mastery, which the dwell of the live move does not keep from the settling.
        learner.At(0, minutes: 0.5).Record([
            learner.Make(AssessmentTaken, 90, origin: ActivityOrigin.Import, final: true),
            .. Enumerable.Range(0, 10).Select(_ => learner.Make(Answer, origin: ActivityOrigin.Import))]);
        Assert.Equal(StatusTag.Progressing, learner.LiveUntil(T(minutes: 1.4)).Tag);
        learner.LiveUntil(T(minutes: 1.5));
        Assert.Equal((StatusTag.Mastery, T(minutes: 1.5), "import"), (
            learner.Tag, learner.Transitions[^1].DueAt, learner.Transitions[^1].AssignedBy));
        Assert.Equal(T(minutes: 0.2), learner.State.Governance.DwellFrom);
    }

    [Fact]
    public void A_repeat_of_a_live_event_decides_nothing_while_an_import_waits()
    {
        var learner = new Learner().Is("{}");
        var login = learner.Make(Login);
        learner.Record(login).Record(
            learner.Make(ModuleCompleted, origin: ActivityOrigin.Import), learner.Make(ModuleCompleted, origin: ActivityOrigin.Import),
            learner.Make(AssessmentTaken, 90, origin: ActivityOrigin.Import));
        Assert.Equal(StatusTag.Active, learner.At(0, minutes: 0.5).Record(login).Tag);
        Assert.Equal("import", learner.LiveUntil(T(minutes: 1)).Transitions[^1].AssignedBy);
    }

    [Fact]
    public void A_live_event_in_the_same_call_as_imports_is_decided_in_that_turn()
    {
        var learner = new Learner();
        learner.Record(
            learner.Make(ModuleCompleted, origin: ActivityOrigin.Import), learner.Make(ModuleCompleted, origin: ActivityOrigin.Import),
            learner.Make(AssessmentTaken, 90));
        Assert.Equal(["001", "002"], learner.Path);
        Assert.Equal("system", learner.Transitions[^1].AssignedBy);
    }

    [Fact]
    public void A_stream_of_imports_puts_the_settling_off_for_ten_minutes_and_time_goes_on_then()
    {
        var learner = new Learner().Is("{}").Does(Login, LessonCompleted).LiveUntil(T(4, hours: 23, minutes: 55));
        Learner Part(double minutes) => learner.LiveUntil(T(4, hours: 23, minutes: minutes))
            .Record(learner.Make(ActivityType.PaymentFailed, at: T(), origin: ActivityOrigin.Import));
        Part(55);
        for (var minutes = 55.5; minutes < 66; minutes += 0.5)
        {
            // Five days of silence are over after the fifth minute: who imports all the time is not seen as silent for ten.
            Assert.Equal(minutes < 65 ? StatusTag.Active : StatusTag.Declining, Part(minutes).Tag);
        }
        Assert.Equal((T(5, minutes: 5), "import"), (learner.Transitions[^1].DueAt, learner.Transitions[^1].AssignedBy));
        Assert.Equal(T(5, minutes: 5), learner.State.FirstImportAt);
        learner.LiveUntil(T(5, hours: 1));
        Assert.Equal(((DateTimeOffset?)null, (DateTimeOffset?)null), (learner.State.ImportedAt, learner.State.FirstImportAt));
    }

    [Fact]
    public void Whoever_asks_for_an_evaluation_does_not_wait_for_the_60_seconds() =>
        Assert.Equal(StatusTag.Progressing, Imported(daysAgo: 0).At(0, minutes: 0.1).Evaluate().Tag);
}
