using LStep.Domain.Deciding;
using static LStep.ActivityType;
using static LStep.Domain.Tests.Deciding.Learner;

namespace LStep.Domain.Tests.Deciding;

public class TimeTests
{
    static Learner Silent() => new Learner().Is("""{"tier":"Freemium"}""").Does(Login, LessonCompleted);

    [Fact]
    public void Silence_ends_in_declining_at_exactly_five_times_24_hours_not_at_the_day_change()
    {
        var learner = Silent().LiveUntil(T(5, minutes: -0.01));
        Assert.Equal(StatusTag.Active, learner.Tag);
        Assert.Equal(T(5), NextCheck.After(learner.State, learner.Book, T(5, minutes: -1)));
        learner.LiveUntil(T(5));
        Assert.Equal((StatusTag.Declining, T(5), T(5)), (learner.Tag, learner.Transitions[^1].DueAt, learner.State.TagSince));
    }

    [Fact]
    public void Downtime_across_it_gives_the_same_due_instant_and_a_later_at()
    {
        var learner = Silent().Until(9);
        Assert.Equal((StatusTag.Declining, T(5), T(9)), (learner.Tag, learner.Transitions[^1].DueAt, learner.Transitions[^1].At));
    }

    [Fact]
    public void A_late_login_is_decided_after_what_was_due_before_it()
    {
        var learner = Silent().At(9).Does(Login);
        Assert.Equal(["001", "004"], learner.Path);
        Assert.Equal(T(5), learner.Transitions[^1].DueAt);
    }

    [Fact]
    public void A_long_downtime_is_made_up_step_by_step_in_order()
    {
        var learner = new Learner().Is("""{"tier":"Pro","ltv":1500}""").Does(Login, LessonCompleted).Until(100);
        Assert.Equal(
            [("001", T(0)), ("004", T(5)), ("005", T(6)), ("006", T(30))], learner.Path.Zip(learner.Transitions.Select(row => row.DueAt)));
    }

    [Fact]
    public void A_catch_up_without_an_outcome_changes_nothing()
    {
        var learner = Silent();
        var before = learner.State;
        learner.Until(1, hours: 1);
        Assert.False(learner.Last!.HasChanges);
        Assert.Same(before, learner.Last.After);
        Assert.Equal(T(2), learner.Last.NextCheckAt!.Value - TimeSpan.Zero);
    }

    [Fact]
    public void A_silent_active_learner_is_looked_at_on_few_instants()
    {
        var learner = Silent();
        var checks = new List<double>();
        for (var cursor = T(0); NextCheck.After(learner.State, learner.Book, cursor) is { } next; cursor = next)
            checks.Add((next - T(0)).TotalDays);
        // 2-3 payment, 3-4 collapse, 5-7 silence, 14-18 and 30-38 stagnation, then never again.
        Assert.Equal([2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34, 35, 36, 37, 38], checks);
    }

    [Fact]
    public void A_churned_customer_at_rest_is_never_looked_at_between_midnights()
    {
        var learner = Silent().LiveUntil(T(60));
        Assert.Equal(StatusTag.Churned, learner.Tag);
        Assert.Null(NextCheck.After(learner.State, learner.Book, learner.Now));
    }

    [Fact]
    public void Ends_of_dwell_lock_manual_hold_silence_deadline_and_the_seventh_day_are_looked_at()
    {
        var book = Figures.Book();
        var now = Figures.Now;
        DateTimeOffset? Next(Func<Governance, Governance> change) => NextCheck.After(Figures.Customer().With(change), book, now);

        Assert.Null(Next(g => g));
        Assert.Equal(now.AddHours(23), Next(g => g with { DwellFrom = now.AddHours(-1) }));
        Assert.Equal(now.AddHours(5), Next(g => g with { LockedUntil = now.AddHours(5) }));
        Assert.Equal(now.AddHours(6), Next(g => g with { ManualUntil = now.AddHours(6) }));
        Assert.Equal(
            now.AddHours(7), Next(g => g with { Silences = [new Silence(StatusTag.Active, StatusTag.Declining, now.AddHours(7))] }));
        Assert.Null(Next(g => g with { LockedUntil = now, ManualUntil = now, DwellFrom = now.AddHours(-24) }));
        RecentMove Fall(double daysAgo) =>
            new(2, StatusTag.Active, StatusTag.Declining, now.AddDays(-daysAgo), TransitionKind.Automatic, false);
        Assert.Null(Next(g => g with { Moves = [Fall(3)] }));
        Assert.Equal(now.AddDays(4), Next(g => g with { Moves = [Fall(5), Fall(3), Fall(1)] }));
        OpenReview Review(StatusTag to, int alerts) => new()
        {
            Id = Guid.Empty, From = StatusTag.Active, To = to, RuleId = 1, Rule = "r", Confidence = 1, Reasons = [],
            OpenedAt = now.AddHours(-1), DecisionNumber = 1, Alerts = alerts,
        };
        Assert.Equal(now.AddHours(71), Next(g => g with { Review = Review(StatusTag.Declining, alerts: 2) }));
        Assert.Equal(now.AddDays(14).AddHours(-1), Next(g => g with { Review = Review(StatusTag.Churned, alerts: 2) }));
        Assert.Equal(
            [now.AddHours(23), now.AddHours(71), null],
            ((int[])[0, 1, 2]).Select(alerts => Next(g => g with { Review = Review(StatusTag.Mastery, alerts) })));
    }

    [Fact]
    public void The_end_of_the_usual_rhythm_is_looked_at()
    {
        var learner = new Learner().Is("{}");
        foreach (var day in (int[])[0, 1, 2, 9, 10]) learner.LiveUntil(T(day)).At(day).Does(Login, LessonCompleted);
        // A usual gap of seven days: held while nine days are silent, not on the tenth.
        learner.LiveUntil(T(20, minutes: -1));
        Assert.Equal(("usual_rhythm", StatusTag.Active), (learner.Explain().Held, learner.Tag));
        Assert.Equal(T(20), NextCheck.After(learner.State, learner.Book, learner.Now));
        Assert.Equal((StatusTag.Declining, T(20)), (learner.LiveUntil(T(20)).Tag, learner.Transitions[^1].DueAt));
    }

    [Fact]
    public void New_rules_decide_from_their_publication_on_and_not_before()
    {
        var learner = Silent().LiveUntil(T(4));
        var sooner = Figures.Rule(1, StatusTag.Declining, """{"days_since_login":{"operator":">=","value":2}}""");
        learner.Book = learner.Book with { Rules = new RuleSet(2, "test", T(4, hours: 7), [sooner]) };
        learner.Until(4, hours: 9);
        Assert.Equal(
            (StatusTag.Declining, T(4, hours: 7), 2), (learner.Tag, learner.Transitions[^1].DueAt, learner.Transitions[^1].RuleSetVersion));
    }

    [Fact]
    public void A_clock_that_runs_behind_is_raised_to_what_was_already_decided()
    {
        var learner = Silent().At(2).Does(Login).At(1).Does(Login);
        Assert.Equal(T(2), learner.Last!.At);
        Assert.Equal(T(2), learner.State.EvaluatedAt);
    }

    [Fact]
    public void An_evaluation_of_everybody_decides_where_activities_alone_do_not()
    {
        var learner = new Learner().Is("{}").Allowing(policy => policy with { RealtimeEvaluation = false });
        learner.At(0, hours: 1).Does(ModuleCompleted, ModuleCompleted).Scores(90);
        Assert.Equal(StatusTag.Active, learner.Tag);

        var step = Lifecycle.CatchUp(learner.State, learner.Book, T(hours: 2), T(hours: 2), "eval_asked", asked: true);
        var move = Assert.Single(step.Transitions);
        Assert.Equal((StatusTag.Progressing, T(hours: 2), "eval_asked"), (move.To, move.DueAt, move.BatchId));
    }
}
