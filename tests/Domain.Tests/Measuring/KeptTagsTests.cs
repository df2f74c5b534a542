using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class KeptTagsTests
{
    static readonly Rulebook Utc = new(DefaultRules.Version1(Given.At("2026-01-01T00:00Z")), new Policy(), BusinessCalendar.Utc);

    static string TagsOf(CustomerState state, DateTimeOffset now, BusinessCalendar? calendar = null) =>
        string.Join(' ', BehaviorTags.Of(Measures.Of(state, calendar ?? BusinessCalendar.Utc, now)));

    static CustomerState Record(CustomerState? state, string now, params Activity[] activities) =>
        Lifecycle.Record("c-1", state, activities, Utc, Given.At(now)).After;

    static Activity[] Views(string at, int count, bool mobile = false, ActivityType type = ActivityType.PageView) =>
        [.. Enumerable.Range(0, count).Select(_ => Given.An(type, at) with { Mobile = mobile })];

    [Theory]
    [InlineData("BT_002", ActivityType.PageView, true)]
    [InlineData("BT_006", ActivityType.VideoPlay, false)]
    public void A_share_that_falls_during_the_day_is_lost_at_midnight_without_an_event(string tag, ActivityType type, bool mobile)
    {
        var state = Record(null, "2026-03-30T10:00Z", Views("2026-03-30T10:00Z", 20, mobile, type));
        Assert.Equal(tag, TagsOf(state, Given.At("2026-03-30T10:00Z")));
        // The tag it had in the morning, before anything happened on this day.
        state = Record(state, "2026-03-31T10:00Z", Views("2026-03-31T10:00Z", 40));
        Assert.Equal(tag, TagsOf(state, Given.At("2026-03-31T10:00Z")));
        state = Record(state, "2026-03-31T11:00Z", Views("2026-03-31T11:00Z", 1));
        Assert.Equal(tag, TagsOf(state, Given.At("2026-03-31T23:59:59.999Z")));
        Assert.Equal("", TagsOf(state, Given.At("2026-04-01T00:00Z")));
    }

    [Fact]
    public void A_share_is_59_9_percent_or_60()
    {
        var just = Record(
            null, "2026-03-30T10:00Z", [.. Views("2026-03-30T10:00Z", 599, mobile: true), .. Views("2026-03-30T10:00Z", 401)]);
        Assert.DoesNotContain("BT_002", TagsOf(just, Given.At("2026-03-30T10:00Z")));
        var more = Record(
            null, "2026-03-30T10:00Z", [.. Views("2026-03-30T10:00Z", 600, mobile: true), .. Views("2026-03-30T10:00Z", 400)]);
        Assert.Contains("BT_002", TagsOf(more, Given.At("2026-03-30T10:00Z")));
    }

    [Fact]
    public void A_module_that_turns_out_to_be_older_takes_its_tag_away_at_midnight()
    {
        var state = Record(
            null, "2026-03-31T10:00Z", Given.An(ActivityType.ModuleCompleted, "2026-03-31T09:00Z") with { Subject = "one" },
            Given.An(ActivityType.ModuleCompleted, "2026-03-31T09:00Z") with { Subject = "two" });
        Assert.Equal("BT_004", TagsOf(state, Given.At("2026-03-31T10:00Z")));
        state = Record(
            state, "2026-03-31T12:00Z", Given.An(ActivityType.ModuleCompleted, "2026-03-10T09:00Z") with { Subject = "one" });
        Assert.Equal("BT_004", TagsOf(state, Given.At("2026-03-31T23:59Z")));
        Assert.Equal("", TagsOf(state, Given.At("2026-04-01T00:00Z")));
    }

    [Fact]
    public void A_tag_whose_days_leave_the_window_is_lost_at_midnight()
    {
        var state = Record(null, "2026-03-01T10:00Z", Views("2026-03-01T10:00Z", 1));
        for (var day = 2; day <= 20; day++) state = Record(state, $"2026-03-{day:00}T10:00Z", Views($"2026-03-{day:00}T10:00Z", 1));
        Assert.Equal("BT_001", TagsOf(state, Given.At("2026-03-30T23:59Z")));
        Assert.Equal("", TagsOf(state, Given.At("2026-03-31T00:00Z")));
    }

    [Fact]
    public void The_day_is_the_business_day()
    {
        var tokyo = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
        var book = Utc with { Calendar = tokyo };
        var state = Lifecycle.Record("c-1", null, Views("2026-03-30T10:00Z", 20, mobile: true), book, Given.At("2026-03-30T10:00Z")).After;
        state = Lifecycle.Record("c-1", state, Views("2026-03-30T16:00Z", 40), book, Given.At("2026-03-30T16:00Z")).After;
        Assert.Equal("BT_002", TagsOf(state, Given.At("2026-03-31T14:59Z"), tokyo));
        Assert.Equal("", TagsOf(state, Given.At("2026-03-31T15:00Z"), tokyo));
    }

    [Fact]
    public void What_time_decides_within_the_day_leaves_the_tags_and_what_midnight_decides_ends_them()
    {
        var state = Record(null, "2026-03-30T10:00Z", Views("2026-03-30T10:00Z", 20, mobile: true));
        state = Record(state, "2026-03-30T11:00Z", Views("2026-03-30T11:00Z", 40));
        Assert.Equal(new KeptTags(Given.At("2026-03-30T11:00Z"), 2, IsWhole: true), state.Kept);
        var set = Lifecycle.Act(
            state, new OverrideTag(Learner.Ada, StatusTag.Mastery, "as agreed", null), Utc, Given.At("2026-03-30T18:00Z")).Step.After;
        Assert.Equal(new KeptTags(Given.At("2026-03-30T18:00Z"), 2, IsWhole: true), set.Kept);
        var next = Lifecycle.Act(
            state, new OverrideTag(Learner.Ada, StatusTag.Mastery, "as agreed", null), Utc, Given.At("2026-03-31T18:00Z")).Step.After;
        Assert.Equal(new KeptTags(Given.At("2026-03-31T18:00Z"), 0, IsWhole: true), next.Kept);
    }

    [Fact]
    public void Of_a_day_that_the_version_before_began_it_is_not_said_that_all_was_kept()
    {
        var state = Record(null, "2026-03-30T10:00Z", Views("2026-03-30T10:00Z", 20, mobile: true)) with { Kept = null };
        state = Record(state, "2026-03-30T11:00Z", Views("2026-03-30T11:00Z", 40));
        Assert.Equal(new KeptTags(Given.At("2026-03-30T11:00Z"), 2, IsWhole: false), state.Kept);
        Assert.True(Record(state, "2026-03-31T11:00Z", Views("2026-03-31T11:00Z", 1)).Kept!.Value.IsWhole);
    }

    [Fact]
    public void While_nothing_is_decided_a_day_keeps_what_it_was_evaluated_with()
    {
        var off = Utc with { Policy = new Policy { RealtimeEvaluation = false } };
        var state = Record(null, "2026-03-30T10:00Z", Views("2026-03-30T10:00Z", 20, mobile: true));
        state = Lifecycle.Record("c-1", state, Views("2026-03-30T11:00Z", 40), off, Given.At("2026-03-30T11:00Z")).After;
        Assert.Equal((Given.At("2026-03-30T10:00Z"), "BT_002"), (state.Kept!.Value.At, TagsOf(state, Given.At("2026-03-30T12:00Z"))));
        Assert.Equal("", TagsOf(state, Given.At("2026-03-31T00:00Z")));
    }

    static readonly ActivityType[] Types =
    [
        ActivityType.PageView, ActivityType.PageView, ActivityType.VideoPlay, ActivityType.VideoPlay, ActivityType.ModuleCompleted,
        ActivityType.FeatureUse, ActivityType.Comment, ActivityType.Question, ActivityType.AssessmentTaken,
    ];

    /// <summary>Of one day and of the days before it, received on that day.</summary>
    static Gen<Activity[]> Activities { get; } = Gen.ArrayOf(
        from type in Gen.Elements(Types)
        from daysAgo in Gen.Frequency((4, Gen.Constant(0)), (3, Gen.Choose(0, 40)))
        from number in Gen.Choose(0, 12)
        select Given.An(type, Given.At("2026-03-31T02:00Z").AddDays(-daysAgo).AddMinutes(number).ToString("O")) with
        {
            Subject = type is ActivityType.ModuleCompleted or ActivityType.FeatureUse ? $"id-{number}" : null,
            Mobile = number % 2 == 0,
            Final = number % 3 == 0,
        }, 90);

    [Fact]
    public void No_tag_flaps_within_a_day_however_the_events_of_the_day_come()
    {
        var kept = 0;
        Seeded.Holds(Activities, activities =>
        {
            var random = new Random(activities.Length + activities.Count(one => one.Mobile));
            random.Shuffle(activities);
            var known = activities.Take(40).Select(one => one with { OccurredAt = one.OccurredAt.AddDays(-1) }).ToArray();
            var state = Lifecycle.Record("c-1", null, known, Utc, Given.At("2026-03-30T23:00Z")).After;
            var now = Given.At("2026-03-31T03:00Z");
            var had = BehaviorTags.Of(Measures.Of(state, BusinessCalendar.Utc, now));
            for (var taken = 40; taken < activities.Length;)
            {
                var some = activities.Skip(taken).Take(random.Next(1, 8)).ToArray();
                (taken, now) = (taken + some.Length, now.AddMinutes(random.Next(30)));
                state = Lifecycle.Record("c-1", state, some, Utc, now).After;
                var has = BehaviorTags.Of(Measures.Of(state, BusinessCalendar.Utc, now));
                Assert.Empty(had.Except(has));
                had = has;
            }
            var midnight = BusinessCalendar.Utc.NextMidnight(now);
            Assert.Equal(string.Join(' ', had), TagsOf(state, midnight.AddMilliseconds(-1)));
            Assert.Equal(TagsOf(state with { Kept = null }, midnight), TagsOf(state, midnight));
            if (state.Kept!.Value.Tags != 0) kept++;
        }, 300);
        Assert.True(kept > 0, "no event of any day took a tag away");
    }

    [Fact]
    public void Playing_the_log_again_keeps_the_same() =>
        Seeded.Holds(Activities, activities =>
        {
            CustomerState? state = null;
            var recount = new Recount("c-1", Given.At("2026-03-31T03:00Z"), BusinessCalendar.Utc);
            for (var taken = 0; taken < activities.Length; taken += 7)
            {
                var now = Given.At("2026-03-31T03:00Z").AddMinutes(taken);
                var step = Lifecycle.Record("c-1", state, [.. activities.Skip(taken).Take(7)], Utc, now);
                state = step.After;
                recount.Take(step.Accepted, now);
            }
            Assert.Equal(state!.Kept!.Value.Tags, recount.State.Kept!.Value.Tags);
        }, 100);

    [Fact]
    public void A_rule_sees_the_tags_that_are_shown()
    {
        var state = Record(null, "2026-03-30T10:00Z", Views("2026-03-30T10:00Z", 20, mobile: true));
        state = Record(state, "2026-03-30T11:00Z", Views("2026-03-30T11:00Z", 40));
        var measures = Measures.Of(state, BusinessCalendar.Utc, Given.At("2026-03-30T12:00Z"));
        Assert.Equal("BT_002", Assert.Single(measures[Metric.BehaviorTags].List!.Value));
        Assert.True(new Measured(measures).Lists(Metric.BehaviorTags, "BT_002"));
        Assert.False(new Measured(measures).Lists(Metric.BehaviorTags, "BT_001"));
        Assert.False(new Measured(measures).Lists(Metric.BehaviorTags, "login_gap"));
        Assert.Equal(2, CustomerFigures.Of(state, BusinessCalendar.Utc, Given.At("2026-03-30T12:00Z")).Behaviors);
        var view = Domain.Measuring.Views.Of(state, BusinessCalendar.Utc, Given.At("2026-03-30T12:00Z"), null);
        Assert.Equal("BT_002", Assert.Single(view.BehaviorTags));
    }
}
