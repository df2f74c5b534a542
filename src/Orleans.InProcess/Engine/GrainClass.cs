using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>What is known of a grain class, read from its attributes once.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _constructor;
    private readonly List<Func<Activation, object>> _facets = [];

    public GrainClass(Type type, InProcessOrleansOptions options)
    {
        Refuse(type);
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.Name ?? NameByConvention(type));
        Reentrant = type.IsDefined(typeof(ReentrantAttribute));
        CollectionAge = options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var age) ? age
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit ?? options.CollectionAge;
        _constructor = ActivatorUtilities.CreateFactory(type, FacetsOf(type));
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool Reentrant { get; }

    public TimeSpan CollectionAge { get; }

    /// <summary>Services come from the activation's scope; its context and persistent states are its own.</summary>
    public IGrainBase Create(Activation activation) =>
        (IGrainBase)_constructor(activation.ActivationServices, [.. _facets.Select(facet => facet(activation))]);

    private Type[] FacetsOf(Type type)
    {
        var types = new List<Type>();
        foreach (var parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
        {
            if (parameter.ParameterType == typeof(IGrainContext)) _facets.Add(activation => activation);
            else if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state) _facets.Add(PersistentState.Maker(parameter.ParameterType, state));
            else continue;
            types.Add(parameter.ParameterType);
        }
        return [.. types];
    }

    private static string NameByConvention(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > 5 ? name[..^5] : name;
    }

    private static void Refuse(Type type)
    {
        if (type.IsGenericTypeDefinition)
            throw new NotSupportedException($"{type} is generic; the embedded engine has no generic grains.");
        if (type.GetConstructors().Length != 1)
            throw new NotSupportedException($"{type} must have exactly one public constructor.");
    }
}
