using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>Which class serves which interface, and how references are made.</summary>
internal sealed class GrainCatalog
{
    private readonly List<GrainClass> _classes;
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly ConcurrentDictionary<Type, GrainClass> _onlyClass = new();
    private readonly ConcurrentDictionary<Type, Func<GrainReference>> _references = new();

    public GrainCatalog(InProcessOrleansOptions options)
    {
        _classes = [.. options.GrainAssemblies.Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGrainBase)))
            .Select(type => new GrainClass(type, options))];
        foreach (var grainClass in _classes)
            if (!_byType.TryAdd(grainClass.GrainType, grainClass))
                throw new ArgumentException($"{grainClass.Type} and {_byType[grainClass.GrainType].Type} are both grain type '{grainClass.GrainType}'; tell them apart with [GrainType].");
    }

    public GrainClass ClassOf(GrainType type) =>
        _byType.GetValueOrDefault(type) ?? throw new ArgumentException($"No grain class of type '{type}' is known.");

    public GrainReference Refer(Engine engine, Type grainInterface, IdSpan key, string? classPrefix)
    {
        var grainClass = classPrefix is not null ? OnlyClassOf(grainInterface, classPrefix)
            : _onlyClass.TryGetValue(grainInterface, out var known) ? known
            : _onlyClass.GetOrAdd(grainInterface, OnlyClassOf(grainInterface, null));
        return NewReference(grainInterface).To(engine, grainClass, key);
    }

    /// <summary>By the id alone: whatever its class, the interface is the caller's word.</summary>
    public GrainReference Refer(Engine engine, Type grainInterface, GrainId id)
    {
        var grainClass = ClassOf(id.Type);
        return grainClass.Type.IsAssignableTo(grainInterface)
            ? NewReference(grainInterface).To(engine, grainClass, id.Key)
            : throw new InvalidCastException($"{grainClass.Type} is no {grainInterface}.");
    }

    private GrainReference NewReference(Type grainInterface) => _references.GetOrAdd(grainInterface, ProxyBuilder.Build)();

    private GrainClass OnlyClassOf(Type grainInterface, string? classPrefix)
    {
        var found = _classes.FindAll(candidate => candidate.Type.IsAssignableTo(grainInterface)
            && (classPrefix is null || candidate.Type.FullName!.StartsWith(classPrefix, StringComparison.Ordinal)));
        return found.Count switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {grainInterface}; are its assemblies in {nameof(InProcessOrleansOptions.GrainAssemblies)}?"),
            _ => throw new ArgumentException($"{grainInterface} has several implementations: {string.Join(", ", found.Select(candidate => candidate.Type))}. Name one by its class name prefix."),
        };
    }
}
