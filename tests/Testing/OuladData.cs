namespace LStep.Testing;

/// <summary>Where the OULAD sample lies on this machine: LSTEP_OULAD, or shared/data/oulad beside the repository.</summary>
public static class OuladData
{
    public static string? Folder { get; } = Find();

    public static string At(params string[] parts) =>
        Path.Combine([Folder ?? throw new InvalidOperationException("no OULAD sample on this machine"), .. parts]);

    /// <summary>How many of the learners the replays of whole presentations have: LSTEP_OULAD_PERCENT; 10 without it.</summary>
    private static int Percent { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("LSTEP_OULAD_PERCENT"), out var percent) ? percent : 10;

    /// <summary>The same learners every time.</summary>
    public static bool IsChosen(string learner) => int.Parse(learner.AsSpan(learner.LastIndexOf('-') + 1)) * 7919L % 100 < Percent;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("LSTEP_OULAD") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        var beside = Path.GetFullPath(Repository.Path("../shared/data/oulad"));
        return Directory.Exists(beside) ? beside : null;
    }
}

/// <summary>A test over the OULAD sample, skipped where the sample is absent.</summary>
public sealed class OuladFactAttribute : FactAttribute
{
    public OuladFactAttribute()
    {
        if (OuladData.Folder is null) Skip = "no OULAD sample: set LSTEP_OULAD to its folder";
    }
}

public sealed class OuladTheoryAttribute : TheoryAttribute
{
    public OuladTheoryAttribute()
    {
        if (OuladData.Folder is null) Skip = "no OULAD sample: set LSTEP_OULAD to its folder";
    }
}
