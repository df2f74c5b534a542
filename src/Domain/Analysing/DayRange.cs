namespace LStep.Domain.Analysing;

/// <summary>Business days from the first to the last, both included.</summary>
public readonly record struct DayRange(DateOnly From, DateOnly To)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The days of equal number that end before it. There has to be room for them after year 1.</summary>
    public DayRange Previous => new(From.AddDays(-Days), From.AddDays(-1));

    public bool Has(DateOnly day) => day >= From && day <= To;
}
