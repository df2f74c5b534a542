using LStep.Domain;

namespace LStep.Grains;

/// <summary>Everything outside the customer that decisions depend on, as of now.</summary>
public interface IRulebookSource
{
    Rulebook Current { get; }
}
