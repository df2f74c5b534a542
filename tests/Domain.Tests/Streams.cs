using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests;

/// <summary>A learner's activities, the business zone, and the seed of the way they arrive in.</summary>
sealed record Stream(ImmutableArray<Activity> Activities, string Zone, DateTimeOffset End, int Arrival)
{
    public BusinessCalendar Calendar => new(TimeZoneInfo.FindSystemTimeZoneById(Zone));

    public override string ToString() => $"{Zone} until {End:O}, arrival {Arrival}:\n" + string.Join('\n', Activities.Select(a =>
        $"{a.MessageId} {a.OccurredAt:O} {a.Type} {a.Subject} {a.Score} {(a.Final ? "final" : "")} {a.CurriculumCompletion} "
            + $"{a.Properties}"));
}

static class Streams
{
    // Ends that lie near a change of the clocks, and minutes around midnight, and plain ones.
    static readonly DateTimeOffset[] Ends =
    [
        Given.At("2026-03-10T04:30Z"), Given.At("2026-11-03T05:00Z"), Given.At("2026-06-15T12:00Z"), Given.At("2026-01-01T00:00Z"),
        Given.At("2026-04-02T14:59:59.999Z"),
    ];

    static readonly string[] Traits =
    [
        """{"plan":"Pro","createdAt":"2026-01-15T08:00:00Z"}""", """{"tier":"enterprise","Favorite Color":"red"}""",
        """{"product_tier":"Gold","favorite-color":null}""",
        """{"ltv":1200.50,"consent":{"email":false}}""", """{"LTV Value":"5000","consent.email":true,"consent.in_app":false}""",
        """{"ltv":null,"curriculumCompletion":40}""",
        """{"email":"a@example.org","starts_at":1773000000}""", """{"createdAt":0,"startsAt":"0000-00-00","consent.push":"no"}""",
        """{"enrolledAt":"20260105","Created At":"2024-01-01","consent":{"push":"maybe","email":1}}""",
        """{"tier":"Gold","plan":"Pro","starts_at":"soon","consent":{"push":null}}""", """{"startsAt":"later","Email":null,"email":" "}""",
        """{"email":"b@example.org","startsAt":1773000000000,"curriculum_completion":"77.5"}""", """{"favoriteColor":"blue","tier":null}""",
    ];

    static readonly ActivityType[] Types = [
        .. Enum.GetValues<ActivityType>(), ActivityType.PageView, ActivityType.Login, ActivityType.Identify, ActivityType.AssessmentTaken];

    /// <summary>Times are crowded: whole tens of minutes on few days, a millisecond off now and then, so that every edge is met.</summary>
    static Gen<Activity> ActivityBefore(DateTimeOffset end) =>
        from type in Gen.Elements(Types)
        from daysAgo in Gen.Frequency(
            (6, Gen.Elements(0, 1, 2, 6, 7, 8, 13, 14)), (3, Gen.Elements(28, 29, 30, 31)), (2, Gen.Choose(0, 46)))
        from minutes in Gen.Choose(0, 60).Select(tens => tens * 10)
        from off in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Constant(1)), (1, Gen.Constant(-1)))
        from number in Gen.Choose(0, 100)
        from id in Gen.Choose(0, 1_000_000)
        let at = end.AddDays(-daysAgo).AddMinutes(-minutes).AddMilliseconds(off > 0 && daysAgo + minutes == 0 ? 0 : off)
        select new Activity
        {
            MessageId = $"m{id}",
            Type = type,
            OccurredAt = at,
            ReceivedAt = at,
            Subject = type switch
            {
                ActivityType.FeatureUse => $"feature-{number % 9}",
                ActivityType.LessonCompleted or ActivityType.ModuleCompleted =>
                    (number % 5) switch { 0 => null, 1 => " ", var n => $"id-{n}" },
                _ => null,
            },
            Score = type switch
            {
                // Zero has two forms, and a quarter as many as one likes.
                ActivityType.AssessmentTaken => (number % 5) switch { 0 => null, 1 => -0.00m, 2 => 12.5000m, _ => number },
                ActivityType.NpsResponse => number / 10,
                _ => null,
            },
            Final = type == ActivityType.AssessmentTaken && number % 3 == 0,
            CurriculumCompletion = type is ActivityType.ModuleCompleted or ActivityType.CourseCompleted && number % 2 == 0 ? number : null,
            Count = type == ActivityType.PageView ? 1 + number % 4 : 1,
            Mobile = number % 2 == 1,
            Properties = type == ActivityType.Identify ? Traits[number % Traits.Length] : "{}",
        };

    public static Gen<Stream> All { get; } =
        from zone in Gen.Elements("UTC", "America/New_York", "Asia/Tokyo")
        from end in Gen.Elements(Ends)
        from length in Gen.Choose(1, 60)
        from activities in Gen.ArrayOf(ActivityBefore(end), length)
        from arrival in Gen.Choose(0, int.MaxValue)
        select new Stream([.. activities.DistinctBy(a => a.MessageId)], zone, end, arrival);

    /// <summary>The same with one activity fewer.</summary>
    public static IEnumerable<Stream> Shorter(Stream stream) =>
        stream.Activities.Length < 2 ? []
            : stream.Activities.Select((_, at) => stream with { Activities = stream.Activities.RemoveAt(at) });

    /// <summary>
    /// Shuffled, late, in batches, with repeats inside 48 h; never before it happened. The state, pruned, and the instant it is of.
    /// </summary>
    public static (CustomerState State, DateTimeOffset Now) Arrive(Stream stream)
    {
        var random = new Random(stream.Arrival);
        var calendar = stream.Calendar;
        var waiting = stream.Activities.ToArray();
        if (random.Next(4) > 0) random.Shuffle(waiting);
        var state = Given.Customer("2020-01-01T00:00Z");
        var now = DateTimeOffset.MinValue;
        var received = new List<(Activity Activity, DateTimeOffset At)>();
        var log = new List<Activity>();
        for (var taken = 0; taken < waiting.Length;)
        {
            var batch = waiting.Skip(taken).Take(random.Next(1, 12)).ToList();
            taken += batch.Count;
            var latest = batch.Max(a => a.OccurredAt);
            now = (latest > now ? latest : now).AddMinutes(random.Next(3) == 0 ? random.Next(2_000) : 0);
            received.AddRange(batch.Select(a => (a, now)));
            batch.AddRange(received.Where(r => now - r.At <= TimeSpan.FromHours(48) && random.Next(3) == 0).Select(r => r.Activity));
            var lessons = new CompletedLessons();
            var asked = CompletedLessons.DaysAsked(state, batch, calendar, now);
            lessons.Add(log.Where(entry => asked.Contains(calendar.DayOf(entry.OccurredAt))), calendar);
            var admitted = Admission.Admit(state, batch, calendar, now, lessons: lessons);
            Assert.Equal(batch.Count, admitted.Receipt.Length);
            log.AddRange(admitted.Accepted);
            state = admitted.State with { EvaluatedAt = now };
        }
        if (now < stream.End) now = stream.End;
        // Which behaviour tags are kept of a day is what its events came to in the order in which they came.
        return (Domain.Measuring.Windows.Prune(state with { EvaluatedAt = now, Kept = null }, calendar.DayOf(now)), now);
    }
}
