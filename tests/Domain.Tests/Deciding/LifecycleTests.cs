using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using static LStep.ActivityType;
using static LStep.Domain.Tests.Deciding.Learner;

namespace LStep.Domain.Tests.Deciding;

public class LifecycleTests
{
    [Fact]
    public void A_new_customer_is_assigned_to_active_in_the_same_step()
    {
        var first = Assert.Single(new Learner().Is("{}").Transitions);
        Assert.Equal((null, StatusTag.Active, TransitionKind.First, "system", "first assignment"), (
            first.From, first.To, first.Kind, first.AssignedBy, first.Reason));
        Assert.Equal((1, null, null, null), (first.Number, first.Rule, first.Confidence, first.DecisionNumber));
    }

    [Fact]
    public void The_first_assignment_starts_no_dwell()
    {
        var learner = new Learner().Does(Login, ModuleCompleted, ModuleCompleted).Scores(90);
        Assert.Equal(["001", "002"], learner.Path);
    }

    [Fact]
    public void A_repeat_changes_nothing()
    {
        var learner = new Learner().Is("{}");
        var login = learner.Make(Login);
        learner.Record(login).At(0, hours: 1).Record(login);
        Assert.False(learner.Last!.HasChanges);
        Assert.Equal(RecordOutcome.Duplicate, Assert.Single(learner.Last.Receipt).Outcome);
    }

    [Fact]
    public void A_move_starts_a_dwell_and_only_churned_can_follow_in_it()
    {
        var learner = new Learner();
        learner.Record(learner.Make(Login, at: T(-60)));
        // Silent long before it was told: declining and then churned at one instant.
        Assert.Equal(["001", "004", "006"], learner.Path);
        Assert.All(learner.Transitions, row => Assert.Equal(T(0), row.DueAt));
    }

    [Theory]
    [InlineData("""{"enrolledAt":"2024-02-01","plan":"Enterprise","ltv":9000}""")]
    [InlineData("""{"createdAt":0,"plan":"Enterprise"}""")]
    public void Who_is_first_heard_of_today_was_not_silent_before_however_long_enrolled(string traits)
    {
        var learner = new Learner().Is(traits);
        Assert.Equal(["001"], learner.Path);
        Assert.Equal((T(0), 1), (learner.State.Start, Measures.Of(learner.State, BusinessCalendar.Utc, T(0)).DaysObserved));
        // From then on silence is silence, as if enrolled that day.
        Assert.Equal(new Learner().Is(traits).LiveUntil(T(40)).Path, new Learner().Is(traits).Until(40).Path);
        Assert.Equal(["001"], learner.LiveUntil(T(2, 23)).Path);
        Assert.NotEqual(0, learner.LiveUntil(T(5)).Transitions.Count + learner.Reviews.Count - 1);
    }

    [Fact]
    public void An_earlier_event_that_comes_late_moves_the_start_back()
    {
        var learner = new Learner().Is("""{"enrolledAt":"2024-02-01"}""");
        Assert.Equal(T(0), learner.State.Start);
        learner.Record(learner.Make(Payment, at: T(-40)));
        Assert.Equal(T(-40), learner.State.Start);
        Assert.Equal(["001", "004", "006"], learner.Path);
    }

    [Fact]
    public void A_decision_record_names_the_winner_why_others_lost_and_what_was_observed()
    {
        var learner = new Learner().Does(Login, ModuleCompleted, ModuleCompleted).Scores(75);
        using var record = System.Text.Json.JsonDocument.Parse(Assert.Single(learner.Decisions).Json);
        var root = record.RootElement;
        Assert.Equal("moved", root.GetProperty("outcome").GetProperty("action").GetString());
        Assert.Equal(8, root.GetProperty("rules").GetArrayLength());
        var rule = root.GetProperty("rules").EnumerateArray().Single(one => one.GetProperty("id").GetInt32() == 1);
        Assert.Equal(75, rule.GetProperty("clauses")[1].GetProperty("observed").GetDecimal());
        Assert.Equal(1, root.GetProperty("ruleSetVersion").GetInt32());
        Assert.True(DecisionRecord.Redecide(learner.Decisions[0].Json).Same);
    }

    [Fact]
    public void A_forged_record_does_not_reproduce_itself()
    {
        var json = Assert.Single(new Learner().Does(Login, ModuleCompleted, ModuleCompleted).Scores(75).Decisions).Json;
        Assert.False(DecisionRecord.Redecide(json.Replace("\"observed\":75", "\"observed\":69", StringComparison.Ordinal)).Same);
        Assert.Throws<FormatException>(() => DecisionRecord.Redecide("{}"));
    }

    [Fact]
    public void Explaining_says_what_is_missing_nearest_first()
    {
        var explained = new Learner().Does(Login, ModuleCompleted).Scores(75).Explain();
        Assert.Equal(explained.WouldChange.Select(change => change.Missing.Length).Order(), explained.WouldChange.Select(
            change => change.Missing.Length));
        var nearest = Assert.Single(explained.WouldChange, change => change.Rule == "Active to Progressing");
        Assert.Equal(StatusTag.Progressing, nearest.To);
        var missing = Assert.Single(nearest.Missing);
        Assert.Equal(("modules_completed", ">=", "2", 1m, false), (
            missing.Metric, missing.Operator, missing.Threshold, missing.Observed.Number!.Value, missing.Met));
        Assert.Equal(8, explained.WouldChange.Length);
        Assert.Equal(8, explained.Rules.Length);
    }

    [Fact]
    public void While_nothing_may_move_activities_are_recorded_and_afterwards_all_is_made_up()
    {
        var learner = new Learner().Is("{}").Does(Login, LessonCompleted).Allowing(policy => policy with { Enabled = false });
        learner.At(1).Does(Login).Until(20);
        Assert.Equal((StatusTag.Active, 2, T(0)), (learner.Tag, learner.State.Days.Length, learner.State.EvaluatedAt));
        Assert.True(learner.Last!.NextCheckAt <= T(6));

        learner.Allowing(policy => policy with { Enabled = true }).Until(20);
        Assert.Equal((StatusTag.Declining, T(6), T(20)), (learner.Tag, learner.Transitions[^1].DueAt, learner.Transitions[^1].At));
    }

    [Fact]
    public void Without_real_time_evaluation_only_midnights_and_requests_decide()
    {
        var learner = new Learner().Allowing(policy => policy with { RealtimeEvaluation = false });
        learner.Does(Login, ModuleCompleted, ModuleCompleted).Scores(90);
        Assert.Equal(StatusTag.Active, learner.Tag);
        Assert.Equal(StatusTag.Progressing, learner.At(0, hours: 1).Evaluate().Tag);

        learner.Until(6);
        Assert.Equal((StatusTag.Declining, learner.Book.Calendar.NextMidnight(T(5))), (learner.Tag, learner.Transitions[^1].DueAt));
    }

    [Fact]
    public void With_auto_apply_off_a_review_opens_in_place_of_a_move()
    {
        var learner = new Learner().Allowing(policy => policy with { AutoApply = false }).Does(Login, ModuleCompleted, ModuleCompleted)
            .Scores(90);
        Assert.Equal((StatusTag.Active, StatusTag.Progressing), (learner.Tag, learner.Review!.To));
    }

    [Fact]
    public void A_customer_outside_the_rollout_is_held_in_shadow()
    {
        var learner = new Learner().Allowing(policy => policy with { RolloutPercentage = 0 }).Does(Login, ModuleCompleted, ModuleCompleted)
            .Scores(90);
        var explained = learner.Explain();
        Assert.Equal((StatusTag.Active, StatusTag.Progressing, "shadow", false), (
            learner.Tag, explained.Recommended, explained.Held, explained.WouldApply));
    }
}
