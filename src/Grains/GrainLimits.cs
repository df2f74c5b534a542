namespace LStep.Grains;

/// <summary>Bounds of the grains' own work; the unit is in the name.</summary>
public static class GrainLimits
{
    /// <summary>Customers called at once for what time made due.</summary>
    public const int DueCallsMax = 128;
}
