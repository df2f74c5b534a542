namespace LStep.Domain.Measuring;

/// <summary>
/// Windows, totals and profile of a customer made again from the log, turn by turn in its order, through the code that made them the first
/// time. Recent message ids come out as of the last turn; nothing is decided.
/// </summary>
public sealed class Recount(string customerId, DateTimeOffset first, BusinessCalendar calendar)
{
    readonly CompletedLessons lessons = new();

    public CustomerState State { get; private set; } = new()
    {
        CustomerId = customerId, Tag = StatusTag.Active, TagSince = first, EvaluatedAt = first, Profile = Profile.Empty,
        Governance = Governance.Empty,
    };

    /// <param name="at">The instant of the turn, which its entries of the log name.</param>
    /// <returns>How many would not be taken again.</returns>
    public int Take(IReadOnlyList<Activity> turn, DateTimeOffset at)
    {
        var admitted = Admission.Admit(State, turn, calendar, at, lessons: lessons);
        State = admitted.State;
        lessons.Add(admitted.Accepted, calendar);
        return turn.Count - admitted.Accepted.Length;
    }

    /// <summary>The imports so far were settled: what comes from now on waits by itself.</summary>
    public void SettleImports() => State = State with { ImportedAt = null, FirstImportAt = null };
}
