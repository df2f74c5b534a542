using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LStep.Domain.Measuring;

namespace LStep.Domain.Packing;

/// <summary>
/// The active days. A learner uses few features many times: each feature's hash is written once and days name it by its
/// place. Counts that are 0 take one bit.
/// </summary>
static class DaysPacking
{
    const int Counts = 16;

    public static void Write(ref PackWriter writer, ImmutableArray<DayWindow> days)
    {
        var features = Features(days);
        writer.Count(features.Length);
        foreach (var feature in features) writer.Fixed64(feature);
        writer.Count(days.Length);
        var before = 0;
        foreach (var day in days)
        {
            writer.Count(day.Date.DayNumber - before);
            before = day.Date.DayNumber;
            Sessions(ref writer, day.Sessions, Origin(day.Date));
            writer.Count(day.Features.Length);
            var place = 0;
            foreach (var feature in day.Features)
            {
                var at = features.BinarySearch(feature);
                writer.Count(at - place);
                place = at;
            }
            Numbers(ref writer, day);
        }
    }

    /// <summary>Those of all days, each once, ascending.</summary>
    static ReadOnlySpan<ulong> Features(ImmutableArray<DayWindow> days)
    {
        var count = 0;
        foreach (var day in days) count += day.Features.Length;
        var all = new ulong[count];
        var at = 0;
        foreach (var day in days)
        {
            day.Features.CopyTo(all, at);
            at += day.Features.Length;
        }
        Array.Sort(all);
        var kept = 0;
        foreach (var feature in all)
            if (kept == 0 || all[kept - 1] != feature) all[kept++] = feature;
        return all.AsSpan(0, kept);
    }

    public static ImmutableArray<DayWindow> Read(ref PackReader reader)
    {
        var features = Optional.Hashes(ref reader);
        var days = new DayWindow[reader.CountOf(4)];
        var date = 0L;
        for (var i = 0; i < days.Length; i++)
        {
            date += reader.Count();
            var day = PackReader.Date(date);
            var sessions = Sessions(ref reader, Origin(day));
            days[i] = Day(ref reader, day, sessions, Features(ref reader, features));
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(days);
    }

    /// <summary>Runs as distances: from the origin to the first moment, then from moment to moment.</summary>
    public static void Sessions(ref PackWriter writer, ImmutableArray<SessionRun> runs, long origin)
    {
        writer.Count(runs.Length);
        foreach (var run in runs)
        {
            var (first, last) = (run.First.ToUnixTimeMilliseconds(), run.Last.ToUnixTimeMilliseconds());
            writer.Signed(first - origin);
            writer.Signed(last - first);
            origin = last;
        }
    }

    public static ImmutableArray<SessionRun> Sessions(ref PackReader reader, long origin)
    {
        var count = reader.CountOf(2);
        if (count == 0) return [];
        var runs = new SessionRun[count];
        foreach (ref var run in runs.AsSpan())
        {
            var first = unchecked(origin + reader.Signed());
            origin = unchecked(first + reader.Signed());
            run = new SessionRun(PackReader.Instant(first), PackReader.Instant(origin));
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(runs);
    }

    static ImmutableArray<ulong> Features(ref PackReader reader, ImmutableArray<ulong> features)
    {
        var count = reader.CountOf(1);
        if (count == 0) return [];
        var used = new ulong[count];
        var place = 0L;
        foreach (ref var feature in used.AsSpan())
        {
            place += reader.Count();
            feature = place < features.Length ? features[(int)place] : throw PackReader.Corrupt("a feature that is not there");
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(used);
    }

    // Midnight UTC is near enough to every zone's day to keep the distances short.
    static long Origin(DateOnly date) => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();

    static void Numbers(ref PackWriter writer, DayWindow day)
    {
        ReadOnlySpan<int> numbers =
        [
            day.Activities, day.PageViews, day.Lessons, day.Assessments, day.ScoredAssessments, day.FinalAssessments, day.Modules,
            day.Posts, day.Comments, day.Questions, day.Answers, day.MobileActivities, day.VideoActivities, day.SupportTickets,
            day.ScoreSum == 0 ? 0 : 1, day.LessonIds.Length,
        ];
        var present = 0UL;
        for (var i = 0; i < Counts; i++)
            if (numbers[i] != 0) present |= 1UL << i;
        writer.Unsigned(present);
        foreach (var number in numbers)
            if (number != 0) writer.Count(number);
        if (day.ScoreSum != 0) writer.Decimal(day.ScoreSum);
        foreach (var lesson in day.LessonIds) writer.Fixed64(lesson);
    }

    static DayWindow Day(ref PackReader reader, DateOnly date, ImmutableArray<SessionRun> sessions, ImmutableArray<ulong> features)
    {
        var present = reader.Unsigned();
        if (present >> Counts != 0) throw PackReader.Corrupt("a count that is not known");
        Span<int> numbers = stackalloc int[Counts];
        for (var i = 0; i < Counts; i++)
            if ((present & (1UL << i)) != 0) numbers[i] = i < Counts - 1 ? reader.Count() : reader.CountOf(8);
        return new DayWindow
        {
            Date = date,
            Sessions = sessions,
            Features = features,
            Activities = numbers[0],
            PageViews = numbers[1],
            Lessons = numbers[2],
            Assessments = numbers[3],
            ScoredAssessments = numbers[4],
            FinalAssessments = numbers[5],
            Modules = numbers[6],
            Posts = numbers[7],
            Comments = numbers[8],
            Questions = numbers[9],
            Answers = numbers[10],
            MobileActivities = numbers[11],
            VideoActivities = numbers[12],
            SupportTickets = numbers[13],
            ScoreSum = numbers[14] != 0 ? reader.Decimal() : 0,
            LessonIds = Optional.Hashes(ref reader, numbers[15]),
        };
    }
}
