using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class IndicatorTests
{
    const string Now = "2026-03-31T12:00Z";

    static Activity[] Times(int count, ActivityType type, string at) =>
        [.. Enumerable.Range(0, count).Select(i => Given.An(type, Given.At(at).AddSeconds(i).ToString("O")))];

    static RiskIndicators Raised(params Activity[] activities) => Given.Customer("2026-01-01T00:00Z").With(Now, activities).As(Now).Raised;

    static Activity Enrolled(string at) => Given.Identify(at, $$"""{"createdAt":"{{at}}"}""");

    static void Is(bool expected, RiskIndicators indicator, RiskIndicators raised) => Assert.Equal(expected, raised.HasFlag(indicator));

    [Theory]
    [InlineData(29, 20, 1, 3, RiskIndicators.LowEngagement)]
    [InlineData(30, 19, 1, 3, RiskIndicators.LearningStagnation)]
    [InlineData(30, 20, 0, 3, RiskIndicators.SocialIsolation)]
    [InlineData(30, 20, 1, 2, RiskIndicators.ActivityDecline)]
    [InlineData(30, 20, 1, 3, RiskIndicators.None)]
    public void The_four_of_a_day_at_their_edges(int engagement, int progress, int community, int activities, RiskIndicators raised) =>
        Assert.Equal(raised, Indicators.OfDay(new DailyScores(engagement, progress, community, 50), activities));

    [Theory]
    [InlineData("2026-03-26T12:00Z", true)]
    [InlineData("2026-03-26T12:00:00.001Z", false)]
    public void Login_gap_is_raised_after_five_whole_days(string login, bool raised) =>
        Is(raised, RiskIndicators.LoginGap, Raised(Given.An(ActivityType.Login, login)));

    [Theory]
    [InlineData(5, 0, true)]   // 100 → 50: two hours at a stretch
    [InlineData(5, 1, false)]  // 100 → 60: with a feature
    [InlineData(0, 0, false)]  // there was nothing to fall from
    public void Engagement_drop_is_raised_at_half_of_the_week_before(int sessionsBefore, int features, bool raised)
    {
        var before = Enumerable.Range(0, sessionsBefore).Select(i => Given.An(ActivityType.Comment, $"2026-03-20T{2 * i:D2}:00Z"));
        var now = Enumerable.Range(0, 5)
            .Select(i => Given.An(ActivityType.Comment, Given.At("2026-03-30T10:00Z").AddMinutes(30 * i).ToString("O")));
        var used = Enumerable.Range(0, features)
            .Select(i => Given.An(ActivityType.FeatureUse, "2026-03-30T10:00Z") with { Subject = $"f{i}" });
        Is(raised, RiskIndicators.EngagementDrop, Raised([Enrolled("2026-02-01T00:00Z"), .. before, .. now, .. used]));
    }

    [Theory]
    [InlineData(1, 0, null, false)]
    [InlineData(2, 49, 50, true)]  // a mean of 49.5
    [InlineData(2, 50, 50, false)]
    [InlineData(2, 10, null, false)] // one of the two has no score
    public void Assessment_failure_needs_two_scores_with_a_mean_below_50(int taken, int first, int? second, bool raised)
    {
        var activities = new[] { first, second }.Take(taken)
            .Select(score => Given.An(ActivityType.AssessmentTaken, "2026-03-10T12:00Z") with { Score = score });
        Is(raised, RiskIndicators.AssessmentFailure, Raised([.. activities]));
    }

    [Theory]
    [InlineData(9, 3, true)]   // 7-day mean 9, 30-day mean (9+30+30)/3 = 23: below half
    [InlineData(15, 3, false)] // 15 of a mean of 25
    [InlineData(12, 3, false)] // exactly half of 24
    [InlineData(1, 2, false)]  // two sessions are too few
    public void Session_shortening_is_raised_below_half_of_the_usual_length(int minutes, int sessions, bool raised)
    {
        var activities = new List<Activity> { Given.An(ActivityType.Comment, "2026-03-30T10:00Z"), Given.An(
            ActivityType.Comment, $"2026-03-30T10:{minutes:D2}Z") };
        for (var i = 1; i < sessions; i++)
            activities.AddRange(
                [Given.An(ActivityType.Comment, $"2026-03-1{i}T10:00Z"), Given.An(ActivityType.Comment, $"2026-03-1{i}T10:30Z")]);
        Is(raised, RiskIndicators.SessionShortening, Raised([.. activities]));
    }

    [Theory]
    [InlineData("2026-03-10T23:59Z", "2026-03-05T10:00Z", 89, true)]
    [InlineData("2026-03-11T00:00Z", "2026-03-05T10:00Z", 89, false)] // 20 days ago
    [InlineData("2026-03-10T12:00Z", "2026-03-05T10:00Z", 90, false)]
    [InlineData("2026-03-10T12:00Z", "2026-03-01T23:00Z", 89, false)] // no lesson in 30 days
    public void Stalled_module_is_raised_21_days_after_the_last_module_of_who_still_learns(
        string module, string lesson, int completion, bool raised) =>
        Is(raised, RiskIndicators.StalledModule, Raised(
            Given.An(ActivityType.ModuleCompleted, module) with { CurriculumCompletion = completion },
            Given.An(ActivityType.LessonCompleted, lesson)));

    [Theory]
    [InlineData("2026-03-28T12:00Z", ActivityType.Login, true)]
    [InlineData("2026-03-28T12:00:00.001Z", ActivityType.Login, false)]
    [InlineData("2026-03-20T12:00Z", ActivityType.LessonCompleted, false)]
    [InlineData("2026-03-20T12:00Z", ActivityType.ModuleCompleted, false)]
    [InlineData("2026-03-20T12:00Z", ActivityType.AssessmentTaken, false)]
    public void Never_started_is_raised_three_days_after_the_start_without_any_work(string first, ActivityType type, bool raised) =>
        Is(raised, RiskIndicators.NeverStarted, Raised(Given.An(type, first)));

    [Theory]
    [InlineData(3, "2026-03-25T00:00Z", 7, true)]
    [InlineData(2, "2026-03-25T00:00Z", 7, false)]
    [InlineData(3, "2026-03-24T23:00Z", 7, false)] // seven days ago
    [InlineData(0, "2026-03-25T00:00Z", 6, true)]
    public void Support_burden_is_three_tickets_in_a_week_or_a_poor_answer(int tickets, string at, int nps, bool raised) =>
        Is(raised, RiskIndicators.SupportBurden, Raised([.. Times(tickets, ActivityType.SupportTicket, at),
            Given.An(ActivityType.NpsResponse, "2026-02-01T00:00Z") with { Score = nps }]));

    [Fact]
    public void Only_the_latest_answer_counts()
    {
        var poor = Given.An(ActivityType.NpsResponse, "2026-03-01T00:00Z") with { Score = 2 };
        var good = Given.An(ActivityType.NpsResponse, "2026-03-02T00:00Z") with { Score = 9 };
        Is(false, RiskIndicators.SupportBurden, Raised(good, poor));
    }

    [Theory]
    [InlineData("2026-03-18T00:00Z", null, true)]
    [InlineData("2026-03-17T23:59Z", null, false)] // 14 days ago
    [InlineData("2026-03-20T00:00Z", "2026-03-21T00:00Z", false)]
    [InlineData("2026-03-20T00:00Z", "2026-03-19T00:00Z", true)]
    [InlineData("2026-03-20T00:00Z", "2026-03-20T00:00Z", false)] // at the same instant follows it
    public void Billing_risk_is_a_failed_payment_of_14_days_not_made_good(string failed, string? paid, bool raised) =>
        Is(raised, RiskIndicators.BillingRisk, Raised(paid is null
            ? [Given.An(ActivityType.PaymentFailed, failed)]
            : [Given.An(ActivityType.Payment, paid), Given.An(ActivityType.PaymentFailed, failed)]));

    [Fact]
    public void Twelve_indicators_have_a_name_and_a_severity()
    {
        Assert.Equal(
            ["low_engagement high", "learning_stagnation medium", "social_isolation low", "activity_decline medium", "login_gap high",
                "engagement_drop high",
                "assessment_failure medium", "session_shortening low", "stalled_module medium", "never_started high",
                "support_burden medium", "billing_risk high"],
            Indicators.All.Select(one => $"{Indicators.Name(one)} {Indicators.Name(Indicators.SeverityOf(one))}"));
        Assert.All(Indicators.All, one => Assert.True(Indicators.TryParse(Indicators.Name(one), out var parsed) && parsed == one));
        Assert.False(Indicators.TryParse("no_such", out _));
    }

    /// <summary>A quiet day: one activity, an engagement of 20.25.</summary>
    static Activity[] Quiet(string day) => [Given.An(ActivityType.Comment, $"{day}T08:00Z")];

    /// <summary>Three activities, an engagement of 40.5, a progress of 25, and a word in the community.</summary>
    static Activity[] Full(string day) => [
        Given.An(ActivityType.LessonCompleted, $"{day}T08:00Z"), Given.An(ActivityType.Comment, $"{day}T08:10Z"),
        Given.An(ActivityType.Comment, $"{day}T10:00Z")];

    static Activity[] Lonely(string day) => [Given.An(ActivityType.LessonCompleted, $"{day}T08:00Z")];

    const RiskIndicators ThreeOfLearning =
        RiskIndicators.LowEngagement | RiskIndicators.LearningStagnation | RiskIndicators.ActivityDecline;

    public static TheoryData<string, string[], string[], RiskIndicators> DaysOfLearning => new()
    {
        { "nobody was here in 7 complete days", [], [], 0 },
        { "a morning is not a day", [], ["2026-03-31"], 0 },
        { "yesterday was quiet", [], ["2026-03-30"], ThreeOfLearning },
        { "a full morning does not make up for it", ["2026-03-31"], ["2026-03-30"], ThreeOfLearning },
        { "silent days between do not count", ["2026-03-24"], [], 0 },
        { "eight days ago is too long ago", [], ["2026-03-23"], 0 },
        { "seven days ago still counts", [], ["2026-03-24"], ThreeOfLearning },
        // 3 and 1 activities are 2 a day, 25 and 0 a progress of 12.5, 40 and 20 exactly 30
        { "the mean of a full day and a quiet one", ["2026-03-29"], ["2026-03-30"],
            RiskIndicators.LearningStagnation | RiskIndicators.ActivityDecline },
        { "two full days make up for a quiet one but for the number", ["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-26"],
            ["2026-03-30"], RiskIndicators.ActivityDecline },
    };

    [Theory]
    [MemberData(nameof(DaysOfLearning))]
    public void Three_of_the_four_look_at_the_active_days_among_the_last_7_complete_ones(
        string because, string[] full, string[] quiet, RiskIndicators expected)
    {
        var raised = Raised([Enrolled("2026-02-01T00:00Z"), .. full.SelectMany(Full), .. quiet.SelectMany(Quiet)]);
        Assert.True(expected == (raised & RiskIndicators.OfADay), $"{because}: {raised & RiskIndicators.OfADay}");
    }

    [Theory]
    [InlineData(4, "", true)]
    [InlineData(3, "", false)]           // too few active days to say
    [InlineData(4, "2026-03-02", false)] // a word 29 days ago
    [InlineData(4, "2026-03-01", true)]  // before the window
    [InlineData(3, "2026-03-31", false)] // a word this morning counts at once
    public void Social_isolation_is_no_word_in_30_days_of_which_4_were_active(int active, string word, bool raised)
    {
        var days = Enumerable.Range(10, active).SelectMany(day => Lonely($"2026-03-{day}"));
        Is(raised, RiskIndicators.SocialIsolation, Raised([.. days, .. word.Length == 0 ? [] : Quiet(word)]));
    }

    [Fact]
    public void Complete_days_change_at_the_business_midnight()
    {
        var tokyo = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
        var state = Given.Customer("2026-01-01T00:00Z").With(tokyo, Now, Quiet("2026-03-31")); // 17:00 in Tokyo
        RiskIndicators At(string now) => Measures.Of(state, tokyo, Given.At(now)).Raised & RiskIndicators.OfADay;
        Assert.Equal(RiskIndicators.None, At("2026-03-31T14:59:59.999Z"));
        Assert.Equal(ThreeOfLearning, At("2026-03-31T15:00Z"));
    }

    [Fact]
    public void A_learner_one_minute_old_who_finished_a_lesson_is_not_flagged() =>
        Assert.Equal(RiskIndicators.None, Given.Customer("2026-03-31T11:59Z")
            .With(Now, Enrolled("2026-03-31T11:59Z"), Given.An(ActivityType.LessonCompleted, "2026-03-31T11:59:30Z")).As(Now).Raised);

    public static TheoryData<string, string, string[], int> Signals => new()
    {
        { "nothing was learned yet", "2026-03-31T00:00Z", [], 0 },
        { "a morning is none", "2026-03-30T00:00Z", ["31"], 0 },
        { "all four together are one, beside never started", "2026-03-27T00:00Z", ["27", "28", "29", "30"], 2 },
        { "login gap and never started count one each", "2026-03-24T00:00Z", [], 2 },
        { "and the four one more", "2026-03-10T00:00Z", ["24", "25"], 3 },
    };

    [Theory]
    [MemberData(nameof(Signals))]
    public void Conflicting_signals(string because, string enrolled, string[] logins, int signals)
    {
        var activities = logins.Select(day => Given.An(ActivityType.Login, $"2026-03-{day}T08:00Z"));
        var measures = Given.Customer().With(Now, [Enrolled(enrolled), .. activities]).As(Now);
        Assert.True(signals == measures.ConflictingSignals, $"{because}: {measures.Raised}");
    }
}
