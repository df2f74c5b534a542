using System.Text.Json;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;

namespace LStep.Domain.Tests.Measuring;

public class OrderFreeTests
{
    [Fact]
    public void Any_order_delay_repetition_and_split_gives_the_same_state() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, now) = Streams.Arrive(stream);
            var inOrder = stream.Activities.OrderBy(a => a.OccurredAt).ThenBy(a => a.MessageId, StringComparer.Ordinal).ToList();
            var straight = Admission.Admit(
                Given.Customer("2020-01-01T00:00Z"), inOrder, stream.Calendar, now).State with { EvaluatedAt = now, Kept = null };
            Assert.Equal(StatePacking.Pack(straight), StatePacking.Pack(state));
            Assert.Equal(Json(straight.Profile), Json(state.Profile));
            Assert.Equal(straight.Start, state.Start);
        }, 500, Streams.Shorter);

    [Fact]
    public void Days_are_those_of_a_naive_recount() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, now) = Streams.Arrive(stream);
            var naive = new Naive(stream.Activities, stream.Calendar.Zone, now);
            Assert.Equal(naive.Days(30).Where(day => naive.On(day).Count > 0).Order(), state.Days.Where(day => day.Activities > 0).Select(
                day => day.Date));
            foreach (var day in state.Days)
            {
                DateOnly[] only = [day.Date];
                Assert.Equal(naive.Sessions(day.Date), day.Sessions.Select(run => (run.First, run.Last)));
                Assert.Equal(naive.Features(only), day.Features.Length);
                Assert.Equal(naive.On(day.Date).Where(a => a.Type == ActivityType.PageView).Sum(a => a.Count), day.PageViews);
                Assert.Equal(naive.Lessons(only), day.Lessons);
                Assert.Equal(naive.ModulesOn(only), day.Modules);
                Assert.Equal(naive.Scores(only).Sum(), day.ScoreSum);
                Assert.Equal(naive.On(day.Date).Count, day.Activities);
                Assert.Equal(naive.On(day.Date).Count(a => a.Mobile), day.MobileActivities);
                Assert.Equal(naive.All.Count(
                    a => a.Type == ActivityType.SupportTicket && naive.DayOf(a.OccurredAt) == day.Date), day.SupportTickets);
                var scores = DailyScores.Of(day);
                Assert.Equal(naive.DayScores(day.Date), (scores.Engagement, scores.Progress, scores.Community, scores.Overall));
            }
            var rebuilt = Domain.Measuring.Windows.OfLog(Logged(stream), stream.Calendar, state.Lifetime.CompletedModules);
            Assert.Equal(Json(rebuilt.Where(day => day.Date >= Domain.Measuring.Windows.FirstDay(naive.Today))), Json(state.Days));
        }, 300, Streams.Shorter);

    [Fact]
    public void Totals_are_those_of_a_naive_recount() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, now) = Streams.Arrive(stream);
            var naive = new Naive(stream.Activities, stream.Calendar.Zone, now);
            var life = state.Lifetime;
            var scores = stream.Activities.Where(a => a.Type == ActivityType.AssessmentTaken).ToList();
            Assert.Equal(naive.Learning.Count(), life.Activities);
            Assert.Equal(scores.Count, life.Assessments);
            Assert.Equal(scores.Sum(a => a.Score ?? 0), life.ScoreSum);
            Assert.Equal(scores.Where(a => a.Final).Max(a => a.Score), life.BestFinal);
            Assert.Equal(stream.Activities.Min(a => a.OccurredAt), life.FirstEventAt);
            Assert.Equal(naive.Learning.FirstOrDefault()?.OccurredAt, life.FirstLearnerActivityAt);
            Assert.Equal(naive.Learning.LastOrDefault()?.OccurredAt, life.LastActivityAt);
            Assert.Equal(naive.LastLogin, life.LastLoginAt);
            Assert.Equal(naive.Lessons(naive.AllDays), life.Lessons);
            Assert.Equal(naive.Modules.Count(), life.Modules);
            Assert.Equal(naive.Modules.LastOrDefault()?.OccurredAt, life.LastModuleAt);
            Assert.Equal(naive.Last(ActivityType.Payment), life.LastPaymentAt);
            Assert.Equal(naive.Last(ActivityType.PaymentFailed), life.LastPaymentFailedAt);
            Assert.Equal(naive.All.LastOrDefault(a => a.Type == ActivityType.NpsResponse)?.Score, life.Nps?.Value);
        }, 300, Streams.Shorter);

    [Fact]
    public void Metrics_are_those_of_a_naive_recount() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, now) = Streams.Arrive(stream);
            var naive = new Naive(stream.Activities, stream.Calendar.Zone, now);
            var measures = Measures.Of(state, stream.Calendar, now);
            void Same(decimal? expected, Metric metric) =>
                Assert.True(expected == measures.Number(metric), $"{metric}: {expected} expected, {measures.Number(metric)} found");

            foreach (var (days, offset) in new[] { (7, 0), (30, 1) })
            {
                var span = naive.Days(days).ToList();
                Same(span.Sum(day => naive.Sessions(day).Count), (Metric)((int)Metric.Sessions7d + offset));
                Same(Math.Round(span.Sum(naive.Milliseconds) / 60_000m, 6), (Metric)((int)Metric.SessionMinutes7d + offset));
                Same(naive.Features(span), (Metric)((int)Metric.FeaturesUsed7d + offset));
                Same(span.SelectMany(naive.On).Where(a => a.Type == ActivityType.PageView).Sum(a => a.Count), (Metric)(
                    (int)Metric.PagesViewed7d + offset));
                Same(naive.Count(span, ActivityType.AssessmentTaken), (Metric)((int)Metric.AssessmentsTaken7d + offset));
                Same(naive.Scores(span) is { Count: > 0 } scores ? scores.Average()
                    : null, (Metric)((int)Metric.AssessmentAvgScore7d + offset));
                Same(naive.Count(span, ActivityType.Answer), (Metric)((int)Metric.AnswersGiven7d + offset));
                Same(span.Count(day => naive.On(day).Count > 0), (Metric)((int)Metric.ActiveDays7d + offset));
                Same(naive.MeanOf(state.Profile, span, s => s.Engagement), (Metric)((int)Metric.EngagementScore + offset));
                Same(naive.MeanOf(state.Profile, span, s => s.Progress), (Metric)((int)Metric.ProgressScore + offset));
                Same(naive.MeanOf(state.Profile, span, s => s.Community), (Metric)((int)Metric.CommunityScore + offset));
                Same(naive.MeanOf(state.Profile, span, s => s.Overall), (Metric)((int)Metric.OverallHealthScore + offset));
            }
            var observed = naive.Observed(state.Profile);
            Same(Whole(naive.LastLogin, observed), Metric.DaysSinceLogin);
            Same(Whole(naive.Learning.LastOrDefault()?.OccurredAt, observed), Metric.DaysSinceActivity);
            Same(Whole(null, naive.Available(state.Profile)), Metric.DaysSinceEnrollment);
            Same(Gap(naive), Metric.UsualGap);
            Assert.Equal(TrendOf(naive, state.Profile), measures.ScoreTrend);
            Assert.Equal(naive.Start(state.Profile) > naive.Today ? 0
                : naive.Today.DayNumber - naive.Start(state.Profile).DayNumber + 1, measures.DaysObserved);

            decimal Whole(DateTimeOffset? latest, DateTimeOffset from) =>
                Math.Max(0, Math.Floor((decimal)(now - (latest > from ? latest.Value : from)).Ticks / TimeSpan.TicksPerDay));
        }, 300, Streams.Shorter);

    [Fact]
    public void The_four_indicators_of_a_customer_are_those_of_a_naive_recount() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, now) = Streams.Arrive(stream);
            var naive = new Naive(stream.Activities, stream.Calendar.Zone, now);
            var active = naive.Days(30).Where(day => naive.On(day).Count > 0).ToList();
            var learning = active.Where(day => day < naive.Today && day.DayNumber >= naive.Today.DayNumber - 7).ToList();
            var expected = RiskIndicators.None;
            if (active.Count >= 4 && active.All(day => naive.DayScores(day).Community == 0)) expected |= RiskIndicators.SocialIsolation;
            if (learning.Count > 0)
            {
                if (learning.Average(day => naive.DayScores(day).Engagement) < 30) expected |= RiskIndicators.LowEngagement;
                if (learning.Average(day => naive.DayScores(day).Progress) < 20) expected |= RiskIndicators.LearningStagnation;
                if (learning.Average(day => naive.On(day).Count) < 3) expected |= RiskIndicators.ActivityDecline;
            }
            Assert.Equal(expected, Measures.Of(state, stream.Calendar, now).Raised & RiskIndicators.OfADay);
        }, 300, Streams.Shorter);

    [Fact]
    public void A_day_has_one_row_whether_it_comes_from_the_state_or_from_the_log() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, now) = Streams.Arrive(stream);
            var start = stream.Calendar.DayOf(state.Start);
            foreach (var day in state.Days.Where(day => DailyRow.IsInReach(state, day.Date, stream.Calendar)))
            {
                var days = Domain.Measuring.Windows.OfLog(Logged(stream), stream.Calendar, state.Lifetime.CompletedModules);
                Assert.Equal(DailyRow.Of(days, day.Date, start), DailyRow.Of(state, day.Date, stream.Calendar));
            }
        }, 200, Streams.Shorter);

    static System.Collections.Immutable.ImmutableArray<Activity> Logged(Stream stream) =>
        Admission.Admit(Given.Customer(), stream.Activities, stream.Calendar, stream.End).Accepted;

    static Trend TrendOf(Naive naive, Profile profile)
    {
        var (last, before) = (
            naive.MeanOf(profile, naive.Days(7), s => s.Overall), naive.MeanOf(profile, naive.Days(14, 7), s => s.Overall));
        return before is null || last is null ? Trend.Stable
            : Math.Round(last.Value - before.Value, 9) switch { >= 5 => Trend.Up, <= -5 => Trend.Down, _ => Trend.Stable };
    }

    static decimal? Gap(Naive naive)
    {
        var active = naive.Days(30).Where(day => naive.On(day).Count > 0).Order().ToList();
        return active.Count < 4 ? null : active.Zip(active.Skip(1), (a, b) => b.DayNumber - a.DayNumber).Max();
    }

    static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
