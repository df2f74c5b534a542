using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using LStep.Api;
using LStep.Domain;
using LStep.Grains;
using LStep.Silo;
using LStep.Workbench;
using Assembly = System.Reflection.Assembly;

namespace LStep.Architecture.Tests;

/// <summary>The built assemblies, lowest first: each may see those before it and none after it.</summary>
public static class Product
{
    public static readonly IReadOnlyList<Assembly> Floors =
    [
        typeof(ICustomerGrain).Assembly, typeof(Lifecycle).Assembly, typeof(GrainServices).Assembly, typeof(LStepApi).Assembly,
        typeof(LStepSilo).Assembly, typeof(WorkbenchSql).Assembly,
    ];

    /// <summary>What is in the image of the product.</summary>
    public static IEnumerable<Assembly> Shipped => Floors.SkipLast(1);

    public static readonly ArchUnitNET.Domain.Architecture Whole = new ArchLoader().LoadAssemblies([.. Floors]).Build();
}
