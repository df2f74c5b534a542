namespace LStep.Grains.Operations;

/// <summary>Bounds of what operators may ask for at once; the unit is in the name.</summary>
public static class OperationsLimits
{
    public const int CustomersPerVerifiedPageMax = 500;
}
