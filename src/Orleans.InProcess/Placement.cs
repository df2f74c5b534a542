namespace Orleans.Placement;

/// <summary>Where in a cluster a grain is activated: in one process, here.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HashBasedPlacementAttribute : Attribute;

/// <inheritdoc cref="HashBasedPlacementAttribute"/>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ActivationCountBasedPlacementAttribute : Attribute;
