using static LStep.ActivityType;

namespace LStep.Domain.Tests.Deciding;

/// <summary>The cases of the contract that must hold, by name.</summary>
public class ContractCases
{
    [Fact]
    public void Case_1_a_new_Pro_customer_with_two_modules_and_a_75_progresses_at_0_871()
    {
        var learner = new Learner().Is("""{"tier":"Pro"}""");
        learner.At(0, hours: 1).Does(Login, ModuleCompleted).At(0, hours: 2).Does(PageView).At(0, hours: 3).Scores(75);
        learner.At(0, hours: 4).Does(ModuleCompleted);

        var move = learner.Transitions[^1];
        Assert.Equal((StatusTag.Active, StatusTag.Progressing, 0.871m), (move.From, move.To, move.Confidence));
        Assert.Equal((TransitionKind.Automatic, "system", "Active to Progressing"), (move.Kind, move.AssignedBy, move.Rule));
        Assert.Equal(learner.Now, move.DueAt);
    }

    [Fact]
    public void Case_2_a_silent_Enterprise_customer_is_reviewed_as_high_value_at_risk()
    {
        var learner = new Learner().Is("""{"tier":"Enterprise","enrolledAt":"2025-10-01T00:00:00Z"}""");
        for (var day = 0; day < 8; day++) learner.At(day).Does(Login, FeatureUse, LessonCompleted);
        learner.Until(7 + 6);

        var explained = learner.Explain();
        Assert.Equal(StatusTag.Active, learner.Tag);
        Assert.Equal(StatusTag.Declining, explained.Recommended);
        Assert.True(explained.RequiresReview);
        Assert.Contains("high_value_at_risk", explained.ReviewReasons);
        Assert.Contains("high_value_at_risk", learner.Review!.Reasons);
    }

    [Fact]
    public void Case_3_a_declining_customer_with_four_sessions_and_three_lessons_returns_to_active()
    {
        var learner = new Learner().Does(Login).Tagged(StatusTag.Declining, Learner.T(-3));
        for (var session = 0; session < 4; session++) learner.At(1 + session).Does(Login).Does(session > 0 ? LessonCompleted : PageView);

        Assert.Equal(StatusTag.Active, learner.Tag);
        Assert.Equal("Recovery", learner.Transitions[^1].Rule);
    }

    [Fact]
    public void Case_4_five_silent_days_win_over_three_modules_and_good_scores()
    {
        var learner = new Learner().Is("""{"tier":"Pro"}""").With(g => g with { LockedUntil = Learner.T(1) });
        learner.Does(Login, ModuleCompleted, ModuleCompleted, ModuleCompleted).Scores(90, 95);
        learner.With(g => g with { LockedUntil = Learner.T(5) }).Until(5);

        var move = learner.Transitions[^1];
        Assert.Equal((StatusTag.Active, StatusTag.Declining, Learner.T(5)), (move.From, move.To, move.DueAt));
        Assert.Equal(
            "priority", Assert.Single(StoredRules(learner.Decisions[^1].Json), rule => rule.Name == "Active to Progressing").LostBecause);
    }

    [Fact]
    public void Case_5_without_any_activity_there_is_no_recommendation_and_no_error()
    {
        var learner = new Learner().Is("{}").Evaluate();

        var explained = learner.Explain();
        Assert.Null(explained.Recommended);
        Assert.False(learner.Last!.HasChanges);
        Assert.Single(learner.Transitions);
    }

    [Fact]
    public void Case_7_a_weekend_learner_never_declines_from_the_fourth_weekend_on()
    {
        var learner = new Learner().Is("{}");
        for (var week = 0; week < 14; week++)
            foreach (var day in (int[])[5, 6])
                learner.LiveUntil(Learner.T(week * 7 + day)).At(week * 7 + day).Does(Login, LessonCompleted);

        var fourthWeekend = Learner.T(3 * 7 + 5);
        Assert.DoesNotContain(learner.Transitions, row => row.To == StatusTag.Declining && row.DueAt > fourthWeekend);
        learner.LiveUntil(Learner.T(13 * 7 + 6 + 5));
        Assert.Equal("usual_rhythm", learner.Explain().Held);
    }

    [Fact]
    public void Case_7_a_master_who_slipped_and_comes_back_active_returns_to_active()
    {
        var learner = new Learner().Record(new Learner().Make(CourseCompleted, completion: 100)).Tagged(StatusTag.Mastery, Learner.T(0));
        learner.LiveUntil(Learner.T(20));
        Assert.Equal(StatusTag.Declining, learner.Tag);
        for (var day = 20; day < 23; day++) learner.At(day).Does(Login);

        Assert.Equal(StatusTag.Active, learner.Tag);
    }

    static IEnumerable<(string Name, string? LostBecause)> StoredRules(string json) =>
        System.Text.Json.JsonElement.Parse(json).GetProperty("rules").EnumerateArray()
            .Select(rule => (rule.GetProperty("name").GetString()!, rule.GetProperty("lostBecause").GetString()));
}
