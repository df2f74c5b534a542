using System.Globalization;

namespace Orleans.Runtime;

/// <summary>The kind of a grain: by default its class name in lower case without "grain".</summary>
public readonly record struct GrainType
{
    private readonly string? _name;

    private GrainType(string name) => _name = name;

    public static GrainType Create(string value) => new(value);

    public override string ToString() => _name ?? "";
}

/// <summary>A grain's key as text: strings as they are, integers in hexadecimal, Guids as 32 digits.</summary>
public readonly record struct IdSpan
{
    private readonly string? _text;

    private IdSpan(string text) => _text = text;

    public static IdSpan Create(string id) => new(id);

    public override string ToString() => _text ?? "";
}

/// <summary>Which grain: its type and its key.</summary>
public readonly record struct GrainId(GrainType Type, IdSpan Key)
{
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(type, IdSpan.Create(key));
    }

    /// <exception cref="ArgumentException">The text is not "type/key".</exception>
    public static GrainId Parse(string value) =>
        value.IndexOf('/') is var slash and > 0
            ? Create(value[..slash], value[(slash + 1)..])
            : throw new ArgumentException($"Unable to parse \"{value}\" as a grain id");

    public override string ToString() => $"{Type}/{Key}";
}

public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X"));

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    public static long GetIntegerKey(this GrainId grainId) =>
        long.TryParse(grainId.Key.ToString(), NumberStyles.AllowHexSpecifier, null, out var key)
            ? key
            : throw new InvalidOperationException($"Unable to extract integer key from grain id {grainId}");

    public static Guid GetGuidKey(this GrainId grainId) =>
        Guid.TryParseExact(grainId.Key.ToString(), "N", out var key)
            ? key
            : throw new InvalidOperationException($"Unable to extract GUID key from grain id {grainId}");
}
