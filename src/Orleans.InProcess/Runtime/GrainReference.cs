using Orleans.InProcess;

namespace Orleans.Runtime;

/// <summary>
/// Names a grain, awake or not. The class that also implements its interface is made by <see cref="ProxyBuilder"/>;
/// each of its methods packs the arguments into a call and sends it.
/// </summary>
public abstract class GrainReference : IGrain, IEquatable<GrainReference>
{
    private Engine _engine = null!;

    public GrainId GrainId { get; private set; }

    internal IGrainFactory Factory => _engine.Factory;

    internal GrainClass GrainClass { get; private set; } = null!;

    internal GrainReference To(Engine engine, GrainClass grainClass, IdSpan key)
    {
        _engine = engine;
        GrainClass = grainClass;
        GrainId = new(grainClass.GrainType, key);
        return this;
    }

    internal void Send(Call call) => _engine.Send(GrainClass, GrainId, call);

    public bool Equals(GrainReference? other) => other is not null && GrainId == other.GrainId;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public static bool operator ==(GrainReference? left, GrainReference? right) => Equals(left, right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !Equals(left, right);

    public override string ToString() => $"GrainReference:{GrainId}";
}
