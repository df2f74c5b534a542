using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Backtesting;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Domain.Tests.Predicting;

public class FeaturesTests
{
    static float[] Vector(CustomerState state, BusinessCalendar calendar, DateTimeOffset now)
    {
        var vector = new float[Features.Count];
        Features.Of(state, calendar, now, vector);
        return vector;
    }

    [Fact]
    public void Each_has_a_name_of_its_own_a_unit_and_a_text()
    {
        Assert.Equal(Features.Count, Features.Names.Distinct().Count());
        Assert.All(Features.All, feature => Assert.Matches("^[a-z][a-z0-9_]*$", feature.Name));
        Assert.All(Features.All, feature => Assert.False(string.IsNullOrEmpty(feature.Unit) || string.IsNullOrEmpty(feature.Text)));
    }

    [Fact]
    public void They_are_numbers_whatever_came_in() => Seeded.Holds(Streams.All, stream =>
    {
        var (state, now) = Streams.Arrive(stream);
        Assert.All(Vector(state, stream.Calendar, now), value => Assert.True(float.IsFinite(value)));
    });

    [Fact]
    public void Without_an_event_they_change_at_business_midnights_alone() => Seeded.Holds(Streams.All, stream =>
    {
        var (state, now) = Streams.Arrive(stream);
        var vector = Vector(state, stream.Calendar, now);
        var midnight = stream.Calendar.NextMidnight(now);
        for (var at = now; at < midnight; at = at.AddMinutes(97)) Assert.Equal(vector, Vector(state, stream.Calendar, at));
        Assert.Equal(vector, Vector(state, stream.Calendar, midnight.AddMilliseconds(-1)));
    });

    [Fact]
    public void A_morning_is_no_silent_day()
    {
        var state = Given.Customer().With("2026-01-20T10:00Z", Given.An(ActivityType.Login, "2026-01-20T10:00Z"));
        var silent = Features.IndexOf("silent_days");
        Assert.Equal(0, Vector(state, BusinessCalendar.Utc, Given.At("2026-01-20T23:00Z"))[silent]);
        Assert.Equal(0, Vector(state, BusinessCalendar.Utc, Given.At("2026-01-21T09:00Z"))[silent]);
        Assert.Equal(1, Vector(state, BusinessCalendar.Utc, Given.At("2026-01-22T00:00Z"))[silent]);
    }

    [Fact]
    public void The_order_of_arrival_makes_no_difference() => Seeded.Holds(Streams.All, stream =>
    {
        var (one, end) = Streams.Arrive(stream);
        var (other, otherEnd) = Streams.Arrive(stream with { Arrival = unchecked(stream.Arrival * 31 + 7) & int.MaxValue });
        // As of the later end: the other has forgotten days by then too.
        var now = end > otherEnd ? end : otherEnd;
        Assert.Equal(Vector(one, stream.Calendar, now), Vector(other, stream.Calendar, now));
    });

    [Fact]
    public void Nothing_is_allocated()
    {
        var state = Given.Customer().With(
            "2026-01-20T10:00Z", Given.An(ActivityType.Login, "2026-01-18T10:00Z"), Given.An(ActivityType.PageView, "2026-01-20T10:00Z"));
        var vector = new float[Features.Count];
        var now = Given.At("2026-01-21T00:00Z");
        for (var warm = 0; warm < 100; warm++) Features.Of(state, BusinessCalendar.Utc, now, vector);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 1_000; times++) Features.Of(state, BusinessCalendar.Utc, now, vector);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Training_sees_what_serving_sees() => Seeded.Holds(Streams.All, stream =>
    {
        var calendar = stream.Calendar;
        var log = Log(stream);
        var rows = LearnerRows.Of("c-1", log, calendar, calendar.NextMidnight(stream.End), new RowChoice(Every: 1));
        var book = new Rulebook(DefaultRules.Version1(Given.At("2020-01-01T00:00Z")), new Policy(), calendar);
        foreach (var row in rows)
        {
            var now = calendar.StartOf(row.Day.AddDays(1));
            CustomerState? state = null;
            var lessons = new CompletedLessons();
            foreach (var activity in log.Where(activity => activity.ReceivedAt < now))
            {
                var step = Lifecycle.Record("c-1", state, [activity], book, activity.ReceivedAt, lessons: lessons);
                lessons.Add(step.Accepted, calendar);
                state = step.After;
            }
            state = Lifecycle.CatchUp(state!, book, now, now).After;
            Assert.Equal(row.Features, Vector(state, calendar, now));
        }
    }, count: 60);

    [Fact]
    public void The_future_is_not_in_them() => Seeded.Holds(
        from stream in Streams.All from seed in Gen.Choose(0, int.MaxValue) select (stream, seed), drawn =>
    {
        var (stream, calendar) = (drawn.stream, drawn.stream.Calendar);
        var log = Log(stream);
        var until = calendar.NextMidnight(stream.End);
        var random = new Random(drawn.seed);
        var rows = LearnerRows.Of("c-1", log, calendar, until, new RowChoice(Every: 1));
        if (rows.Count == 0) return;
        var day = rows[random.Next(rows.Count)].Day;
        var end = calendar.StartOf(day.AddDays(1));
        var future = log.Where(activity => activity.ReceivedAt >= end).ToArray();
        var times = future.Select(activity => activity.ReceivedAt).ToArray();
        random.Shuffle(future);
        var shuffled = future.Zip(times, (activity, at) => activity with { ReceivedAt = at, OccurredAt = at });
        var other = LearnerRows.Of(
            "c-1", [.. log.Where(activity => activity.ReceivedAt < end), .. shuffled], calendar, until, new RowChoice(Every: 1));
        Assert.Equal(
            rows.Where(row => row.Day <= day).Select(row => row.Features), other.Where(row => row.Day <= day).Select(row => row.Features));
    });

    /// <summary>Received as it happened.</summary>
    static List<Activity> Log(Stream stream) =>
        [.. stream.Activities.OrderBy(activity => activity.OccurredAt)
            .Select(activity => activity with { ReceivedAt = activity.OccurredAt })];
}
