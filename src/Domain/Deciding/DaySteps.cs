namespace LStep.Domain.Deciding;

/// <summary>At which whole day a clause on a number of elapsed days next changes its answer or its margin.</summary>
static class DaySteps
{
    /// <summary>Null when it never will again.</summary>
    public static decimal? After(Condition.Clause clause, bool turned, decimal days)
    {
        var (op, bounds) = (turned ? clause.Operator.Turned() : clause.Operator, clause.Threshold.Numbers);
        return op switch
        {
            Operator.AtLeast => Rising(days, bounds[0], decimal.Ceiling(bounds[0])),
            Operator.MoreThan => Rising(days, bounds[0], decimal.Floor(bounds[0]) + 1),
            Operator.AtMost => Falling(days, bounds[0], decimal.Floor(bounds[0])),
            Operator.LessThan => Falling(days, bounds[0], decimal.Ceiling(bounds[0]) - 1),
            Operator.Between => days <= bounds[1] + Weight.Width(bounds[1]) ? days + 1 : null,
            _ => Named(days, bounds),
        };
    }

    /// <summary>First the day it is met, then every day until the margin is full.</summary>
    static decimal? Rising(decimal days, decimal bound, decimal first) =>
        days < first ? first : days - bound < Weight.Width(bound) ? days + 1 : null;

    /// <summary>While it is met: from where the margin is no longer full, every day until it is unmet.</summary>
    static decimal? Falling(decimal days, decimal bound, decimal last) =>
        days > last ? null : Math.Max(days + 1, decimal.Floor(bound - Weight.Width(bound)) + 1);

    static decimal? Named(decimal days, IEnumerable<decimal> numbers)
    {
        decimal? next = null;
        foreach (var number in numbers)
            foreach (var at in (ReadOnlySpan<decimal>)[number, number + 1])
                if (decimal.IsInteger(at) && at > days && !(next <= at)) next = at;
        return next;
    }
}
