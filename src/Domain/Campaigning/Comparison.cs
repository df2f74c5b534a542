namespace LStep.Domain.Campaigning;

/// <summary>Arms of one experiment against its holdout and against each other, by one outcome.</summary>
public static class Comparison
{
    /// <summary>Why there is no figure; null where there is one.</summary>
    /// <param name="outcome">In the past tense: "converted".</param>
    /// <param name="days">How long it takes until the outcome of a customer is known.</param>
    public static string? WhyNone(ArmCounts holdout, ArmCounts arm, string outcome, int days)
    {
        if (Why(holdout, "the holdout") is { } theirs) return theirs;
        return Why(arm, "this group");

        string? Why(ArmCounts of, string name) =>
            of.People < Uplift.PeoplePerArmMin
                ? $"{outcome}: the outcome of {of.People} customers of {name} is known, {days} days after their start; "
                    + $"a figure needs {Uplift.PeoplePerArmMin}."
            : of.Conversions < Uplift.OfEachKindPerArmMin
                ? $"{outcome}: {of.Conversions} customers of {name} have {outcome}; a figure needs {Uplift.OfEachKindPerArmMin}."
            : of.People - of.Conversions < Uplift.OfEachKindPerArmMin
                ? $"{outcome}: all but {of.People - of.Conversions} customers of {name} have {outcome}; a figure needs "
                    + $"{Uplift.OfEachKindPerArmMin} others."
            : null;
    }

    /// <summary>
    /// The arm that is certainly better than every other one; null while there is none. All pairs are compared at once, so that the
    /// intervals hold together however often somebody looks.
    /// </summary>
    /// <param name="arms">With the holdout, where there is one: a leader is better than nothing, too.</param>
    /// <returns>Its place among the arms.</returns>
    public static int? Leader(IReadOnlyList<ArmCounts> arms)
    {
        var pairs = arms.Count * (arms.Count - 1) / 2;
        if (pairs == 0) return null;
        for (var at = 0; at < arms.Count; at++)
        {
            var leads = true;
            for (var other = 0; other < arms.Count && leads; other++)
                leads = other == at || Uplift.Against(arms[other], arms[at], pairs) is { Interval.Low: > 0 };
            if (leads) return at;
        }
        return null;
    }
}
