using System.Collections.Immutable;

namespace LStep.Domain.Measuring;

/// <summary>
/// Lessons of days that have left the window, as hashes by business day. The state forgets them with the day; whether one counts, only the
/// log can tell.
/// </summary>
public sealed class CompletedLessons
{
    readonly Dictionary<DateOnly, HashSet<ulong>> days = [];

    /// <summary>The days before the window of now whose lessons Admit needs to know of, ascending; mostly none.</summary>
    public static ImmutableArray<DateOnly> DaysAsked(
        CustomerState? state, IReadOnlyList<Activity> activities, BusinessCalendar calendar, DateTimeOffset now)
    {
        if (state is null) return [];
        SortedSet<DateOnly>? asked = null;
        var first = Windows.FirstDay(calendar.DayOf(now < state.EvaluatedAt ? state.EvaluatedAt : now));
        for (var i = 0; i < activities.Count; i++)
            if (activities[i] is { Type: ActivityType.LessonCompleted } lesson && Windows.IsNamed(lesson)
                && calendar.DayOf(lesson.OccurredAt) is var date && date < first)
                (asked ??= []).Add(date);
        return asked is null ? [] : [.. asked];
    }

    /// <summary>Answers whether it counts: it is new on its day, and the day has room.</summary>
    public bool Add(DateOnly date, ulong hash)
    {
        if (!days.TryGetValue(date, out var lessons)) days[date] = lessons = [];
        return lessons.Count < Limits.LessonsPerDayMax && lessons.Add(hash);
    }

    /// <summary>Those among the entries of a log.</summary>
    public void Add(IEnumerable<Activity> entries, BusinessCalendar calendar)
    {
        foreach (var entry in entries)
            if (entry.Type == ActivityType.LessonCompleted && Windows.IsNamed(entry))
                Add(calendar.DayOf(entry.OccurredAt), Hashes.Of(entry.Subject!));
    }

    /// <summary>Takes over what another knows of a day, unless something is known of it here.</summary>
    internal void Learn(DateOnly date, CompletedLessons? other)
    {
        if (!days.ContainsKey(date) && other?.days.TryGetValue(date, out var lessons) == true) days[date] = [.. lessons];
    }
}
