using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using LStep.Grains.Events;

namespace LStep.Api.Standards;

/// <summary>The file that says what becomes of verbs and event types cannot be used; the text says what is wrong with it.</summary>
public sealed class LearningMapException(string message) : Exception(message);

/// <summary>What becomes of an xAPI statement.</summary>
/// <param name="Verb">The verb's IRI.</param>
/// <param name="ActivityType">The type of the object's definition; null for any.</param>
/// <param name="Event">The name of the track event that it is recorded as; null where it is stored and nothing is recorded.</param>
/// <param name="Properties">What is recorded with it beside what the statement says.</param>
public sealed record XapiRule(
    [property: JsonRequired] string Verb, string? ActivityType, [property: JsonRequired] string? Event,
    IReadOnlyDictionary<string, JsonElement>? Properties = null);

/// <summary>What becomes of a Caliper event.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="Action">Null for any.</param>
/// <param name="ObjectType">The type of the object; null for any.</param>
public sealed record CaliperRule(
    [property: JsonRequired] string Type, string? Action, string? ObjectType, [property: JsonRequired] string? Event,
    IReadOnlyDictionary<string, JsonElement>? Properties = null);

/// <summary>
/// Which track event a verb or an event type is recorded as: the first rule that fits. What none fits is recorded under its own name.
/// What a track event then means is decided as for any other, by operators' mappings and the event table.
/// </summary>
public sealed record LearningMap(IReadOnlyList<XapiRule> Xapi, IReadOnlyList<CaliperRule> Caliper)
{
    public const int RulesMax = 1_000;
    public const int FileBytesMax = 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true, AllowDuplicateProperties = false,
    };

    /// <summary>The one that comes with the product.</summary>
    public static LearningMap BuiltIn { get; } = Parse(BuiltInText(), "learning-map.json");

    /// <exception cref="LearningMapException">It cannot be read, or says something that cannot be.</exception>
    public static LearningMap Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= FileBytesMax ? Parse(File.ReadAllBytes(path), path)
                : throw new LearningMapException($"{path} is larger than {FileBytesMax / 1024} KB.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new LearningMapException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <param name="name">For what is told of it.</param>
    /// <exception cref="LearningMapException">It says something that cannot be.</exception>
    public static LearningMap Parse(ReadOnlySpan<byte> json, string name)
    {
        LearningMap? map;
        try
        {
            map = JsonSerializer.Deserialize<LearningMap>(json.StartsWith("\uFEFF"u8) ? json[3..] : json, Options);
        }
        catch (JsonException e)
        {
            throw new LearningMapException($"{name}: {e.Message}");
        }
        if (map is not { Xapi: not null, Caliper: not null })
            throw new LearningMapException($"{name}: it has to be an object with the arrays xapi and caliper.");
        if (map.Xapi.Count + map.Caliper.Count > RulesMax) throw new LearningMapException($"{name}: it has more than {RulesMax} rules.");
        Check(map.Xapi, "xapi", name, rule => (rule.Verb, rule.ActivityType, null), rule => rule.Event);
        Check(map.Caliper, "caliper", name, rule => (rule.Type, rule.Action, rule.ObjectType), rule => rule.Event);
        if (map.Xapi.Index().FirstOrDefault(rule => !Uri.IsWellFormedUriString(rule.Item.Verb, UriKind.Absolute)) is { Item: not null } bad)
            throw new LearningMapException($"{name}: xapi[{bad.Index}].verb '{bad.Item.Verb}' is no absolute IRI.");
        return map;
    }

    public XapiRule? Find(string verb, string? activityType) => Xapi.FirstOrDefault(
        rule => rule.Verb == verb && (rule.ActivityType is null || rule.ActivityType == activityType));

    public CaliperRule? Find(string type, string action, string? objectType) => Caliper.FirstOrDefault(
        rule => rule.Type == type && (rule.Action is null || rule.Action == action)
            && (rule.ObjectType is null || rule.ObjectType == objectType));

    private static void Check<T>(
        IReadOnlyList<T> rules, string list, string name, Func<T, (string, string?, string?)> conditions, Func<T, string?> recorded)
        where T : class
    {
        var seen = new Dictionary<(string, string?, string?), int>();
        foreach (var (index, rule) in rules.Index())
        {
            var place = $"{name}: {list}[{index}]";
            if (rule is null) throw new LearningMapException($"{place} is null.");
            if (string.IsNullOrWhiteSpace(conditions(rule).Item1)) throw new LearningMapException($"{place} names nothing that it is for.");
            if (recorded(rule) is { } text && (string.IsNullOrWhiteSpace(text) || text.Length > EventLimits.NameCharsMax))
                throw new LearningMapException(
                    $"{place}.event is the name of a track event of at most {EventLimits.NameCharsMax} characters, or null.");
            if (!seen.TryAdd(conditions(rule), index))
                throw new LearningMapException($"{place} is for the same as {list}[{seen[conditions(rule)]}], and would never be used.");
        }
    }

    private static byte[] BuiltInText()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("learning-map.json")!;
        using var text = new MemoryStream();
        stream.CopyTo(text);
        return text.ToArray();
    }
}
