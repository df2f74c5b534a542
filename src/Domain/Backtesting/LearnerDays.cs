namespace LStep.Domain.Backtesting;

/// <summary>When a learner was active, whatever the rules: of each business day the first and the last moment.</summary>
public sealed class LearnerDays(BusinessCalendar calendar)
{
    readonly SortedDictionary<DateOnly, (DateTimeOffset First, DateTimeOffset Last)> days = [];
    DateTimeOffset? firstTurn;

    /// <summary>The latest learner activity by event time; null when there was none.</summary>
    public DateTimeOffset? LastActivity { get; private set; }

    /// <summary>The instant of the turn that brought it.</summary>
    public DateTimeOffset LastActivityTurn { get; private set; }

    public void Take(IReadOnlyList<Activity> turn, DateTimeOffset at)
    {
        firstTurn ??= at;
        foreach (var activity in turn)
        {
            if (!activity.Type.IsLearnerActivity()) continue;
            var (moment, date) = (activity.OccurredAt, calendar.DayOf(activity.OccurredAt));
            days[date] = days.TryGetValue(date, out var day)
                ? (moment < day.First ? moment : day.First, moment > day.Last ? moment : day.Last) : (moment, moment);
            if (moment > LastActivity || LastActivity is null) (LastActivity, LastActivityTurn) = (moment, at);
        }
    }

    /// <summary>The spans of so much silence or more, up to an end; one may reach it. Time before the first receipt is none.</summary>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Silences(TimeSpan least, DateTimeOffset end)
    {
        var silences = new List<(DateTimeOffset, DateTimeOffset)>();
        if (firstTurn is not { } from) return silences;
        foreach (var (first, last) in days.Values)
        {
            if (first - from >= least) silences.Add((from, first));
            if (last > from) from = last;
        }
        if (end - from >= least) silences.Add((from, end));
        return silences;
    }
}
