using LStep.Domain;
using LStep.Domain.Deciding;

namespace LStep.Grains.Customers;

/// <summary>
/// What the turns of a customer decide by, and whom they tell: its grain, so that no customer needs delegates of its own.
/// </summary>
public interface ITurnsOwner
{
    /// <summary>As of now: asked for in each turn.</summary>
    Rulebook Rulebook { get; }

    /// <summary>Called after a commit that somebody may watch for.</summary>
    void Told(Step step);

    /// <summary>
    /// Called when it is not known whether a commit happened: these turns must end, and others begin from what is stored.
    /// </summary>
    void Doubted();

    /// <summary>Told what the set in shadow asked for, once the step stands.</summary>
    void Compared(ShadowComparison comparison);
}
