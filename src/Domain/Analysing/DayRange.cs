namespace LStep.Domain.Analysing;

/// <summary>Business days from the first to the last, both included.</summary>
public readonly record struct DayRange(DateOnly From, DateOnly To)
{
    /// <summary>None or fewer where the last day is before the first.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The days of equal number that end before it. There has to be room for them after year 1.</summary>
    public DayRange Previous => new(From.AddDays(-Days), From.AddDays(-1));

    /// <summary>Its days up to this one, which may be none.</summary>
    public DayRange UpTo(DateOnly last) => this with { To = To < last ? To : last };

    public IEnumerable<DateOnly> Each => Days < 1 ? [] : Enumerable.Range(From.DayNumber, Days).Select(DateOnly.FromDayNumber);

    public bool Has(DateOnly day) => day >= From && day <= To;
}
