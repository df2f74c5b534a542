using LStep.Domain.Measuring;
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

    [Fact]
    public void An_identify_with_too_many_traits_is_refused_whole()
    {
        static string Traits(int count) => "{" + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"t{i}\":{i}")) + "}";
        var admitted = Admit(Given.Customer(), "2026-01-02T12:00Z", Given.Identify("2026-01-02T10:00Z", Traits(301), "m1"), Given.An(
            ActivityType.Login, "2026-01-02T11:00Z"));
        Assert.Equal("Refused Accepted", Outcomes(admitted));
        Assert.Equal("too_many_traits", admitted.Receipt[0].Code);
        Assert.Same(Profile.Empty, admitted.State.Profile);
        Assert.Equal(Given.At("2026-01-02T11:00Z"), admitted.State.EnrolledAt);
        Assert.Equal(
            "Accepted", Outcomes(Admit(admitted.State, "2026-01-02T12:00Z", Given.Identify("2026-01-02T10:00Z", Traits(300), "m1"))));
    }

    [Fact]
    public void Traits_over_several_identifies_are_counted_together_and_removed_ones_make_room()
    {
        var traits = "{" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"t{i}\":{i}")) + "}";
        var state = Given.Customer().With("2026-01-02T12:00Z", Given.Identify("2026-01-02T10:00Z", traits));
        Assert.Equal("Refused", Outcomes(Admit(state, "2026-01-02T12:00Z", Given.Identify("2026-01-02T11:00Z", """{"one more":1}"""))));
        Assert.Equal("Accepted", Outcomes(Admit(
            state, "2026-01-02T12:00Z", Given.Identify("2026-01-02T11:00Z", """{"t7":null,"one more":1,"email":"a@example.org"}"""))));
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
}
