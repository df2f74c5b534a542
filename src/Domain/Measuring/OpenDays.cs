using System.Collections.Immutable;

namespace LStep.Domain.Measuring;

/// <summary>The days of the window while a call is being taken, and what each activity makes the totals of lessons and modules.</summary>
/// <param name="known">Lessons of older days that the log has; null where no call brings one, or there is no log yet.</param>
struct OpenDays(ImmutableArray<DayWindow> days, BusinessCalendar calendar, DateOnly first, CompletedLessons? known)
{
    ImmutableArray<DayWindow> days = days;
    CompletedLessons? older;

    public Lifetime Add(Lifetime life, Activity activity)
    {
        var date = calendar.DayOf(activity.OccurredAt);
        var lessons = date < first ? LessonsOfOlder(activity, date) : Put(activity, date);
        if (lessons > 0) return life with { Lessons = life.Lessons + lessons };
        if (activity.Type != ActivityType.ModuleCompleted) return life;
        life = CompletedModules.Add(life, activity, out var gained, out var lost);
        if (!Windows.IsNamed(activity)) return life; // the day has counted it itself
        if (gained is not null) CountModule(date, +1);
        if (lost is { } before) CountModule(calendar.DayOf(before), -1);
        return life;
    }

    public ImmutableArray<DayWindow> Close()
    {
        var old = 0;
        while (old < days.Length && days[old].Date < first) old++;
        return days = days.RemoveRange(0, old);
    }

    /// <summary>Lets the totals hold the last day's own sessions instead of an equal copy: a million customers stay resident.</summary>
    public readonly Lifetime Share(Lifetime life)
    {
        for (var at = days.Length - 1; at >= 0; at--)
            if (!days[at].Sessions.IsEmpty)
                return !life.LastDaySessions.IsEmpty && days[at].Sessions[^1] == life.LastDaySessions[^1]
                    ? life with { LastDaySessions = days[at].Sessions } : life;
        return life;
    }

    /// <summary>Answers how many lessons more the day counts.</summary>
    int Put(Activity activity, DateOnly date)
    {
        var at = days.Length;
        while (at > 0 && days[at - 1].Date > date) at--;
        var known = at > 0 && days[at - 1].Date == date ? days[at - 1] : null;
        var day = Windows.Add(known ?? new DayWindow { Date = date }, activity);
        days = known is null ? days.Insert(at, day) : days.SetItem(at - 1, day);
        return day.Lessons - (known?.Lessons ?? 0);
    }

    int LessonsOfOlder(Activity activity, DateOnly date)
    {
        if (activity.Type != ActivityType.LessonCompleted) return 0;
        if (!Windows.IsNamed(activity)) return 1;
        older ??= new CompletedLessons();
        older.Learn(date, known);
        return older.Add(date, Hashes.Of(activity.Subject!)) ? 1 : 0;
    }

    void CountModule(DateOnly date, int more)
    {
        for (var at = days.Length - 1; at >= 0 && days[at].Date >= date; at--)
            if (days[at].Date == date && date >= first)
                days = days.SetItem(at, days[at] with { Modules = days[at].Modules + more });
    }
}
