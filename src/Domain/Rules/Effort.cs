namespace LStep.Domain.Rules;

/// <summary>How many steps the proofs about one rule set may take: it comes from outside, and some take for ever.</summary>
sealed class Effort(int steps)
{
    public const int StepsMax = 200_000;

    /// <summary>Nothing more is claimed of the rule set.</summary>
    public bool IsSpent { get; private set; }

    public bool Take(int count = 1)
    {
        steps -= count;
        IsSpent |= steps < 0;
        return !IsSpent;
    }
}
