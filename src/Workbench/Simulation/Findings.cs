namespace LStep.Workbench.Simulation;

/// <summary>What must not be and was, the steps of the run where somebody wants to read them, and how often what happened.</summary>
public sealed class Findings(bool traced)
{
    public const string WithoutActions = "transitions without their actions", WithoutTransition = "actions without a transition",
        SendsDoubled = "sends doubled";

    /// <summary>What is named in every result, also where there is none of it.</summary>
    public static readonly string[] Always = [WithoutActions, WithoutTransition, SendsDoubled];

    private const int KeptMax = 20;

    private readonly List<string> violations = [];
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>Null where nobody reads it: then its lines are not even made.</summary>
    public List<string>? Trace { get; } = traced ? [] : null;

    public void Tell(string what) => Trace?.Add($"{Trace.Count + 1,5}  {what}");

    public IReadOnlyList<string> Violations => violations;

    public IReadOnlyDictionary<string, long> Counts => counts;

    /// <summary>A violation that is counted by its name, too.</summary>
    public void Add(string what, string violation)
    {
        Count(what);
        Add(violation);
    }

    public void Add(string violation)
    {
        if (violations.Count < KeptMax) violations.Add(violation);
        Trace?.Add($"VIOLATION {violation}");
    }

    public void Count(string what, long times = 1)
    {
        if (times > 0) counts[what] = counts.GetValueOrDefault(what) + times;
    }
}
