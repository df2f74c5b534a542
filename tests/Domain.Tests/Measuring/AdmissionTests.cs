using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class AdmissionTests
{
    static Admitted Admit(CustomerState state, string now, params Activity[] activities) =>
        Admission.Admit(state, activities, BusinessCalendar.Utc, Given.At(now));

    static string Outcomes(Admitted admitted) => string.Join(' ', admitted.Receipt.Select(item => item.Outcome));

    [Fact]
    public void A_repeat_in_one_call_is_taken_once_and_each_activity_is_answered_in_its_place()
    {
        var (a, b) = (Given.An(ActivityType.LessonCompleted, "2026-01-02T10:00Z"), Given.An(ActivityType.Login, "2026-01-02T09:00Z"));
        var admitted = Admit(Given.Customer(), "2026-01-02T12:00Z", a, a, b, a);
        Assert.Equal("Accepted Duplicate Accepted Duplicate", Outcomes(admitted));
        Assert.Equal(new[] { a, b }, admitted.Accepted.ToArray());
        Assert.Equal(1, admitted.State.Lifetime.Lessons);
    }

    [Theory]
    [InlineData("2026-01-02T12:00:00.001Z", "Duplicate")]
    [InlineData("2026-01-04T12:59:59.999Z", "Duplicate")] // 48 h later to the millisecond
    [InlineData("2026-01-04T14:00Z", "Accepted")]
    public void A_repeat_within_48_hours_changes_nothing(string later, string outcome)
    {
        var lesson = Given.An(ActivityType.LessonCompleted, "2026-01-02T10:00Z");
        var state = Given.Customer().With("2026-01-02T12:59:59.999Z", lesson);
        var again = Admit(state, later, lesson);
        Assert.Equal(outcome, Outcomes(again));
        if (outcome == "Duplicate") Assert.Same(state, again.State);
    }

    [Fact]
    public void An_id_that_the_log_knows_is_a_duplicate_at_any_time()
    {
        var lesson = Given.An(ActivityType.LessonCompleted, "2025-01-02T10:00Z") with { Origin = ActivityOrigin.Import };
        var now = Given.At("2026-01-02T12:00Z");
        Assert.True(Admission.NeedsKnownIds(Given.Customer(), [lesson], now));
        Assert.False(Admission.NeedsKnownIds(Given.Customer(), [lesson with { Origin = ActivityOrigin.Live, ReceivedAt = now }], now));
        var admitted = Admission.Admit(Given.Customer(), [lesson], BusinessCalendar.Utc, now, new HashSet<string> { lesson.MessageId });
        Assert.Equal("Duplicate", Outcomes(admitted));
        Assert.Null(admitted.State.ImportedAt);
        Assert.Equal(now, Admission.Admit(Given.Customer(), [lesson], BusinessCalendar.Utc, now).State.ImportedAt);
    }

    [Theory]
    [InlineData("2026-01-04T12:00Z", "2026-01-04T12:59:59.999Z", false)]
    [InlineData("2026-01-04T12:59Z", "2026-01-04T13:00Z", true)] // a repeat of what came at 12:59 two days ago is not listed any more
    public void A_call_that_was_held_up_into_another_hour_is_looked_up_in_the_log(string receivedAt, string now, bool lookedUp)
    {
        var login = Given.An(ActivityType.Login, "2026-01-04T10:00Z") with { ReceivedAt = Given.At(receivedAt) };
        var state = Given.Customer() with { EvaluatedAt = Given.At(receivedAt) };
        Assert.Equal(lookedUp, Admission.NeedsKnownIds(state, [login], Given.At(now)));
        // A clock that runs behind is raised to what the customer was evaluated at, and so forgets as much.
        Assert.Equal(lookedUp, Admission.NeedsKnownIds(state with { EvaluatedAt = Given.At(now) }, [login], Given.At(receivedAt)));
    }

    [Fact]
    public void Past_its_bound_the_list_says_for_48_hours_that_the_log_must_be_asked()
    {
        var activities = Enumerable.Range(0, Limits.RecentMessagesMax + 1)
            .Select(i => Given.An(ActivityType.PageView, "2026-01-02T10:00Z", $"m{i}")).ToArray();
        var full = Given.Customer().With("2026-01-02T12:30Z", activities[..^1]);
        Assert.False(full.Recent.IsOverflowing(Given.At("2026-01-02T12:30Z")));
        var over = full.With("2026-01-02T13:30Z", activities[^1]);
        Assert.Equal(Limits.RecentMessagesMax, over.Recent.Count);
        Assert.True(over.Recent.IsOverflowing(Given.At("2026-01-04T13:30Z")));
        Assert.False(over.Recent.IsOverflowing(Given.At("2026-01-04T14:00Z")));
        // Room that came free makes the list no wiser about the one it had to leave out.
        var later = over.With("2026-01-04T13:15Z", Given.An(ActivityType.Login, "2026-01-04T13:15Z"));
        Assert.Equal(1, later.Recent.Count);
        Assert.True(later.Recent.IsOverflowing(Given.At("2026-01-04T13:30Z")));
    }

    static string Traits(int count, string more = "") =>
        "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"t{i}\":{i}")) + more + "}";

    [Fact]
    public void An_identify_with_too_many_traits_fills_the_columns_and_its_free_traits_are_left_out()
    {
        var admitted = Admit(
            Given.Customer(), "2026-01-02T12:00Z",
            Given.Identify(
                "2026-01-02T10:00Z", Traits(301, ""","plan":"Gold","consent":{"email":"no"},"email":"a@example.org" """), "m1"),
            Given.An(ActivityType.Login, "2026-01-02T11:00Z"));
        Assert.Equal("Accepted Accepted", Outcomes(admitted));
        Assert.Equal(("too_many_traits", null), (admitted.Receipt[0].Code, admitted.Receipt[1].Code));
        var profile = admitted.State.Profile;
        Assert.Equal((false, "a@example.org", null), (profile.ConsentEmail, profile.Email, profile.Tier));
        Assert.Empty(profile.Traits);
        // What is older does not come back, though its successor's value was left out.
        profile = Admit(admitted.State, "2026-01-02T12:00Z", Given.Identify(
            "2026-01-02T09:00Z", """{"plan":"Pro","consent.email":true,"city":"Kyoto"}""")).State.Profile;
        Assert.Equal((false, null, "\"Kyoto\""), (profile.ConsentEmail, profile.Tier, profile.Traits["city"]));
        Assert.Null(Admit(admitted.State, "2026-01-02T12:00Z", Given.Identify("2026-01-02T10:00Z", Traits(300), "m2")).Receipt[0].Code);
    }

    [Fact]
    public void Traits_over_several_identifies_are_counted_together_and_removed_ones_make_room()
    {
        var state = Given.Customer().With("2026-01-02T12:00Z", Given.Identify("2026-01-02T10:00Z", Traits(300)));
        string? Code(string traits) => Admit(state, "2026-01-02T12:00Z", Given.Identify("2026-01-02T11:00Z", traits)).Receipt[0].Code;
        Assert.Equal("too_many_traits", Code("""{"one more":1}"""));
        Assert.Null(Code("""{"t7":null,"one more":1,"email":"a@example.org"}"""));
        Assert.Null(Code("""{"t7":"another","email":"a@example.org"}"""));
    }

    [Fact]
    public void Names_that_are_too_long_are_left_out_and_the_others_taken()
    {
        var (name, longer) = (new string('n', Limits.TraitNameCharsMax), new string('m', Limits.TraitNameCharsMax + 1));
        var admitted = Admit(
            Given.Customer(), "2026-01-02T12:00Z", Given.Identify("2026-01-02T10:00Z", $$"""{"{{longer}}":null,"{{name}}":1}"""));
        Assert.Equal("trait_name_too_long", admitted.Receipt[0].Code);
        Assert.Equal([name], admitted.State.Profile.Stamps.Keys);
    }

    [Fact]
    public void Bytes_of_traits_and_of_what_is_remembered_of_removed_ones_are_bounded()
    {
        var state = Given.Customer();
        var codes = new HashSet<string?>();
        for (var i = 0; i < 10; i++)
        {
            var traits = $$"""{"t{{i}}":"{{new string('é', 15_000)}}"}""";
            var admitted = Admit(state, "2026-01-02T12:00Z", Given.Identify($"2026-01-02T10:0{i}Z", traits));
            codes.Add(admitted.Receipt[0].Code);
            state = admitted.State;
        }
        Assert.Equal([null, "too_many_traits"], codes);
        Assert.Equal(4, state.Profile.Traits.Count);
        for (var i = 0; i < 12; i++)
        {
            var nulls = string.Join(',', Enumerable.Range(0, 100).Select(n => $"\"{new string('é', 120)}{i}-{n}\":null"));
            state = state.With("2026-01-02T12:00Z", Given.Identify("2026-01-02T11:00Z", $"{{{nulls}}}"));
        }
        Assert.InRange(state.Profile.Stamps.Sum(s => 2 * s.Key.Length), 100_000, Limits.TraitStampBytesMax);
    }

    [Fact]
    public void Without_the_trait_a_late_event_moves_enrolment_back()
    {
        var state = Given.Customer().With("2026-01-09T12:00Z", Given.An(ActivityType.Login, "2026-01-09T10:00Z"));
        Assert.Equal(Given.At("2026-01-09T10:00Z"), state.EnrolledAt);
        Assert.Equal(
            Given.At("2026-01-03T10:00Z"), state.With("2026-01-09T12:00Z", Given.An(ActivityType.Payment, "2026-01-03T10:00Z")).EnrolledAt);
    }

    [Fact]
    public void Of_more_features_a_day_than_are_kept_the_same_ones_are_kept_in_any_order()
    {
        var used = Enumerable.Range(0, Limits.FeaturesPerDayMax + 20)
            .Select(i => Given.An(ActivityType.FeatureUse, "2026-01-02T10:00Z") with { Subject = $"f{i}" }).ToArray();
        var straight = Given.Customer().With("2026-01-02T12:00Z", used).Days[0].Features.ToArray();
        var reversed = Given.Customer().With("2026-01-02T12:00Z", [.. used.Reverse()]).Days[0].Features.ToArray();
        Assert.Equal(Limits.FeaturesPerDayMax, straight.Length);
        Assert.Equal(straight, reversed);
    }

    [Fact]
    public void A_module_counts_once_on_the_day_of_its_earliest_completion_and_repeats_are_activities()
    {
        static Activity Module(string at, string? id) => Given.An(ActivityType.ModuleCompleted, at) with { Subject = id };
        var state = Given.Customer().With("2026-02-20T12:00Z", Module("2026-02-10T10:00Z", "m"), Module("2026-02-12T10:00Z", "m"),
            Module("2026-02-12T11:00Z", null), Module("2026-02-12T12:00Z", " "));
        Assert.Equal(3, state.Lifetime.Modules);
        Assert.Equal([(10, 1, 1), (12, 2, 3)], state.Days.Select(day => (day.Date.Day, day.Modules, day.Activities)));
        // An earlier one comes late, from the window and then from before it.
        state = state.With("2026-02-20T12:00Z", Module("2026-02-09T10:00Z", "m"));
        Assert.Equal([(9, 1), (10, 0), (12, 2)], state.Days.Select(day => (day.Date.Day, day.Modules)));
        state = state.With("2026-02-20T12:00Z", Module("2025-06-09T10:00Z", "m"));
        Assert.Equal([(9, 0), (10, 0), (12, 2)], state.Days.Select(day => (day.Date.Day, day.Modules)));
        Assert.Equal((3, Given.At("2026-02-12T12:00Z")), (state.Lifetime.Modules, state.Lifetime.LastModuleAt));
        Assert.Equal(6, state.Lifetime.Activities);
    }

    [Fact]
    public void A_lesson_counts_once_a_day_and_of_days_before_the_window_the_log_knows()
    {
        static Activity Lesson(string at, string? id) => Given.An(ActivityType.LessonCompleted, at) with { Subject = id };
        var state = Given.Customer().With("2026-02-20T12:00Z", Lesson("2026-02-10T10:00Z", "l"), Lesson("2026-02-10T11:00Z", "l"),
            Lesson("2026-02-11T10:00Z", "l"), Lesson("2026-02-11T11:00Z", null), Lesson("2026-02-11T12:00Z", ""));
        Assert.Equal(4, state.Lifetime.Lessons);
        Assert.Equal([(10, 1, 2), (11, 3, 3)], state.Days.Select(day => (day.Date.Day, day.Lessons, day.Activities)));
        Activity[] old = [Lesson("2025-06-10T10:00Z", "l"), Lesson("2025-06-10T11:00Z", "l"), Lesson("2025-06-10T12:00Z", "k"),
            Lesson("2025-06-11T12:00Z", null), Lesson("2026-02-10T12:00Z", "l")];
        var now = Given.At("2026-02-20T12:00Z");
        Assert.Equal([new DateOnly(2025, 6, 10)], CompletedLessons.DaysAsked(state, old, BusinessCalendar.Utc, now).ToArray());
        var log = new CompletedLessons();
        log.Add([Lesson("2025-06-10T01:00Z", "l")], BusinessCalendar.Utc);
        Assert.Equal(7, Admission.Admit(state, old, BusinessCalendar.Utc, now).State.Lifetime.Lessons);
        Assert.Equal(6, Admission.Admit(state, old, BusinessCalendar.Utc, now, lessons: log).State.Lifetime.Lessons);
        Assert.Equal(6, Admission.Admit(state, old, BusinessCalendar.Utc, now, lessons: log).State.Lifetime.Lessons);
    }

    [Fact]
    public void Of_more_modules_and_lessons_than_are_kept_the_same_ones_are_kept_in_any_order()
    {
        var completed = Enumerable.Range(0, 2 * (Limits.ModulesPerCustomerMax + 20)).Select(i => Given.An(
            i % 2 == 0 ? ActivityType.ModuleCompleted : ActivityType.LessonCompleted, $"2026-01-0{1 + i % 3}T10:00Z") with
            { Subject = $"id-{i / 2}" }).ToArray();
        var (there, back) = (Given.Customer().With("2026-01-05T00:00Z", completed), Given.Customer().With(
            "2026-01-05T00:00Z", [.. completed.Reverse()]));
        Assert.Equal(StatePacking.Pack(there), StatePacking.Pack(back));
        Assert.Equal(Limits.ModulesPerCustomerMax, there.Lifetime.Modules);
        Assert.Equal(Limits.ModulesPerCustomerMax, there.Days.Sum(day => day.Modules));
    }

    [Fact]
    public void What_is_taken_is_what_the_log_can_hold()
    {
        var odd = Given.An(ActivityType.AssessmentTaken, "2026-01-02T10:00Z") with
        {
            OccurredAt = new DateTimeOffset(2026, 1, 2, 19, 0, 0, TimeSpan.FromHours(9)).AddTicks(12_345), Score = -0.00m,
        };
        var admitted = Admit(Given.Customer(), "2026-01-02T12:00Z", odd, odd with { MessageId = "fine", Score = 33.33335000m });
        Assert.Equal(("0", "33.3334"), ($"{admitted.Accepted[0].Score}", $"{admitted.Accepted[1].Score}"));
        var at = admitted.Accepted[0].OccurredAt;
        Assert.Equal((Given.At("2026-01-02T10:00:00.001Z"), TimeSpan.Zero), (at, at.Offset));
        Assert.Equal("33.3334", $"{admitted.State.Lifetime.ScoreSum}");
    }
}
