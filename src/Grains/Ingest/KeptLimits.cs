namespace LStep.Grains.Ingest;

/// <summary>Bounds of what is kept of anonymous and rejected events, and read of it at once; the unit is in the name.</summary>
public static class KeptLimits
{
    public const int RowsPerPageMax = 1_000;
    public const int RejectedBodyCharsMax = 2_048;
}
