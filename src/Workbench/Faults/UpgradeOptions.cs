namespace LStep.Workbench.Faults;

/// <summary>An upgrade from another build to this one, silo by silo.</summary>
public sealed record UpgradeOptions : LoadOptions
{
    /// <summary>What a stop, a start and a question to everybody take together, roughly.</summary>
    private static readonly TimeSpan StepTakes = TimeSpan.FromSeconds(6);

    /// <summary>The silo's dll of the build before.</summary>
    public required string From { get; init; }

    /// <summary>How long the load goes on before the first step and after each of them, with both builds on one database.</summary>
    public TimeSpan Mixed { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The silo that was replaced last goes back to the build before, and then forward again.</summary>
    public bool AndBack { get; init; }

    /// <summary>Which silo becomes which build, one after the other.</summary>
    public IReadOnlyList<(int Silo, bool IsBack)> Steps =>
    [
        .. Enumerable.Range(0, Silos).Select(silo => (silo, false)),
        .. AndBack ? [(Silos - 1, true), (Silos - 1, false)] : Array.Empty<(int, bool)>(),
    ];

    public override TimeSpan Time => Mixed + Steps.Count * (Mixed + StepTakes);
}
