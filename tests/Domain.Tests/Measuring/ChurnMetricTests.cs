using System.Collections.Immutable;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class ChurnMetricTests
{
    /// <summary>Silent for up to 3 days: -2 log odds, else 1.</summary>
    static readonly LiveModel Silence = new(7, Tree("silent_days", 3, -2, 1));

    static ChurnModel Tree(string feature, float threshold, double left, double right) => new(
        0, [[new TreeNode(Features.IndexOf(feature), threshold, 1, 2, 0, 10), new TreeNode(-1, 0, 0, 0, left, 5),
            new TreeNode(-1, 0, 0, 0, right, 5)]], IsotonicCurve.Logistic);

    static decimal? Of(CustomerState state, string now, LiveModel? model) =>
        Measures.Of(state, BusinessCalendar.Utc, Given.At(now), model).Number(Metric.ChurnProbability);

    static CustomerState Learns(params string[] days) => Given.Customer().With(
        days[^1], [.. days.Select(day => Given.An(ActivityType.LessonCompleted, day))]);

    [Fact]
    public void There_is_a_value_with_four_decimals_where_a_model_predicts()
    {
        var state = Learns("2026-03-01T10:00Z", "2026-03-20T10:00Z");
        Assert.Null(Of(state, "2026-03-21T10:00Z", null));
        Assert.Equal(0.1192m, Of(state, "2026-03-21T10:00Z", Silence));
        Assert.Equal(0.7311m, Of(state, "2026-03-25T10:00Z", Silence));
        Assert.Equal("0.7311", Measures.Of(state, BusinessCalendar.Utc, Given.At("2026-03-25T10:00Z"), Silence)[Metric.ChurnProbability]
            .Number!.Value.ToString());
        Assert.Equal(7, CustomerFigures.Of(state, BusinessCalendar.Utc, Given.At("2026-03-25T10:00Z"), Silence).ChurnModel);
    }

    [Fact]
    public void There_is_none_before_the_fourteenth_day_and_after_the_customer_left()
    {
        var state = Learns("2026-03-01T10:00Z");
        Assert.Null(Of(state, "2026-03-14T23:59Z", Silence));
        Assert.Equal(0.7311m, Of(state, "2026-03-15T00:00Z", Silence));
        var left = state.With("2026-03-02T10:00Z", Given.Identify("2026-03-02T10:00Z", """{"unregisteredAt":"2026-03-20T15:00:00Z"}"""));
        Assert.NotNull(Of(left, "2026-03-19T23:59Z", Silence));
        // For the whole of that day, so that time alone changes it at business midnights only.
        Assert.Null(Of(left, "2026-03-20T00:00Z", Silence));
        Assert.Null(Of(left, "2026-03-20T16:00Z", Silence));
    }

    [Fact]
    public void Within_a_business_day_it_changes_with_events_only() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, now) = Streams.Arrive(stream);
            var model = new LiveModel(1, Tree("activity_rate", 0.5f, -1, 1));
            foreach (var day in Enumerable.Range(0, 20))
            {
                var morning = day == 0 ? now : stream.Calendar.StartOf(stream.Calendar.DayOf(now).AddDays(day));
                var evening = stream.Calendar.NextMidnight(morning).AddMilliseconds(-1);
                foreach (var one in new[] { Silence, model })
                    Assert.Equal(
                        Measures.Of(state, stream.Calendar, morning, one).ChurnProbability,
                        Measures.Of(state, stream.Calendar, evening, one).ChurnProbability);
            }
        }, 100);

    static Rulebook Asking(LiveModel? model) => new(
        new RuleSet(1, "ada", Learner.Origin, [new Rule
        {
            Id = 1, Name = "Likely to leave", From = [StatusTag.Active], To = StatusTag.Declining, Priority = 1,
            Conditions = ((Parsed<Condition>.Ok)ConditionJson.Parse(
                System.Text.Json.JsonDocument.Parse("""{"churn_probability":{"operator":">=","value":0.7}}""").RootElement)).Value,
        }]), new Policy(), BusinessCalendar.Utc, Model: model);

    /// <summary>Active every other day up to day 20.</summary>
    static Learner Regular()
    {
        var learner = new Learner(book: Asking(Silence));
        for (var day = 0; day <= 20; day += 2) learner.At(day).Does(ActivityType.LessonCompleted);
        return learner;
    }

    [Fact]
    public void A_rule_that_asks_is_met_at_a_business_midnight_and_nothing_else_is_scheduled()
    {
        var learner = Regular();
        Assert.Null(NextCheck.After(learner.State, learner.Book, learner.Now));
        learner.LiveUntil(Learner.T(40));
        var move = Assert.Single(learner.Transitions, row => row.RuleId == 1);
        // Active on day 20; from the midnight that begins day 25 on, four whole days have been silent.
        Assert.Equal(BusinessCalendar.Utc.StartOf(DateOnly.FromDateTime(Learner.T(25).UtcDateTime)), move.DueAt);
        Assert.Equal("churn_probability 0.7311 >= 0.7", move.Reason);

        // Asked every hour it is met at the same instant.
        var hourly = Regular();
        var met = Enumerable.Range(1, 20 * 24).Select(hour => Learner.T(20, hour - 9)).First(
            at => at >= hourly.State.EvaluatedAt && Lifecycle.Explain(hourly.State, hourly.Book, at).Recommended is not null);
        Assert.Equal(move.DueAt, met);
    }

    [Fact]
    public void Without_a_model_the_rule_is_not_met_and_neither_is_its_opposite()
    {
        var learner = new Learner(book: Asking(null)).Does(ActivityType.LessonCompleted);
        learner.LiveUntil(Learner.T(40));
        Assert.DoesNotContain(learner.Transitions, row => row.RuleId == 1);
        Assert.False(Conditions.IsMet(
            new Condition.Not(learner.Book.Rules.Rules[0].Conditions),
            new Measured(Measures.Of(learner.State, learner.Book, learner.Now))));
    }

    [Fact]
    public void A_decision_record_keeps_the_value_and_is_decided_again_by_it()
    {
        var learner = new Learner(book: Asking(Silence)).Does(ActivityType.LessonCompleted);
        learner.LiveUntil(Learner.T(40));
        var record = Assert.Single(learner.Decisions).Json;
        Assert.Contains("\"observed\":0.7311", record);
        Assert.True(DecisionRecord.Redecide(record).Same);
        // The record alone says it: of another value it comes to something else.
        Assert.ThrowsAny<Exception>(() => Assert.True(DecisionRecord.Redecide(record.Replace("0.7311", "0.6")).Same));
    }

    [Fact]
    public void The_view_says_which_model_and_why_in_plain_words()
    {
        var state = Learns("2026-03-01T10:00Z", "2026-03-08T10:00Z");
        var churn = Domain.Measuring.Views.Of(
            state, BusinessCalendar.Utc, Given.At("2026-03-21T10:00Z"), null, Silence, explains: true).Churn!;
        Assert.Equal((0.7311m, 7), (churn.Probability, churn.Model));
        var reason = Assert.Single(churn.Reasons);
        Assert.Equal(("silent_days", "12 days without learning", 12m), (reason.Feature, reason.Text, reason.Value));
        Assert.True(reason.LogOdds > 0);
        Assert.Null(Domain.Measuring.Views.Of(state, BusinessCalendar.Utc, Given.At("2026-03-21T10:00Z"), null).Churn);
        Assert.Empty(Domain.Measuring.Views.Of(state, BusinessCalendar.Utc, Given.At("2026-03-21T10:00Z"), null, Silence).Churn!.Reasons);
    }

    [Fact]
    public void Every_feature_has_words_of_its_own()
    {
        foreach (var feature in Features.All)
            foreach (var value in new[] { -130, -1, 0, 0.25, 1, 2, 14, 28, 61, 120 })
            {
                var text = ReasonTexts.Of(feature.Name, value);
                Assert.DoesNotContain(feature.Text + ": ", text);
                Assert.DoesNotContain(" 1 days", " " + text);
            }
        Assert.Equal("active on 2 of the last 28 days", ReasonTexts.Of("active_days_28", 2));
        Assert.Equal("no active day in the last 7 days", ReasonTexts.Of("active_days_7", 0));
        Assert.Equal("1 day without learning", ReasonTexts.Of("silent_days", 1));
        Assert.Equal("the latest module 3.5 days ago", ReasonTexts.Of("days_since_module", 3.5));
    }
}
