using System.Collections.Immutable;
using System.Text.Json;

namespace LStep.Domain.Deciding;

/// <summary>Reads the rules of one list and gathers everything that is wrong with them.</summary>
sealed class RuleReader
{
    static readonly ImmutableArray<string> Members =
        ["id", "name", "from", "to", "conditions", "priority", "automatic", "requiresApproval", "usualRhythm", "notification", "active"];

    /// <summary>There are six; who repeats them for ever is not read to the end.</summary>
    const int TagsReadMax = 100;

    readonly HashSet<int> ids = [];
    readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    public List<InputError> Errors { get; } = [];

    /// <summary>Where each clause was read.</summary>
    public Dictionary<Condition.Clause, string> Places { get; } = new(ReferenceEqualityComparer.Instance);

    public Rule? Read(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object) return Fail<Rule>(path, "not_an_object", "A rule is an object.");
        var errorsBefore = Errors.Count;
        foreach (var member in json.EnumerateObject())
            if (!Members.Contains(member.Name))
                Fail<Rule>(
                    $"{path}.{Nearest.Cut(member.Name)}", "unknown_member",
                    $"A rule has no such member.{Nearest.Question(member.Name, Members)}");
        var from = ReadFrom(json, $"{path}.from");
        var to = ReadTag(Member(json, "to"), $"{path}.to");
        if (to is { } target && from.Contains(target))
            Fail<Rule>($"{path}.to", "to_in_from", "A rule cannot lead to a tag it starts from.");
        var rule = new Rule
        {
            Id = ReadId(json, $"{path}.id"),
            Name = ReadName(json, $"{path}.name"),
            From = from,
            To = to ?? default,
            Conditions = ReadConditions(json, $"{path}.conditions")!,
            Priority = ReadPriority(json, $"{path}.priority"),
            Automatic = ReadFlag(json, "automatic", path, byDefault: true),
            RequiresApproval = ReadFlag(json, "requiresApproval", path, byDefault: false),
            UsualRhythm = ReadFlag(json, "usualRhythm", path, byDefault: false),
            Notification = ReadNotification(json, $"{path}.notification"),
            Active = ReadFlag(json, "active", path, byDefault: true),
        };
        return Errors.Count == errorsBefore ? rule : null;
    }

    int ReadId(JsonElement json, string path)
    {
        if (Member(json, "id") is not { } id) return 0;
        if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out var number) || number is < 1 or > RuleJson.IdMax)
            return Fail<int>(path, "bad_id", $"An id is a whole number from 1 to {RuleJson.IdMax}.");
        return ids.Add(number) ? number : Fail<int>(path, "duplicate_id", $"Another rule has the id {number}.");
    }

    string ReadName(JsonElement json, string path)
    {
        var name = Member(json, "name") is { ValueKind: JsonValueKind.String } text ? text.GetString()!.Trim() : "";
        if (name.Length is 0 or > RuleJson.NameCharsMax)
            Fail<string>(path, "bad_name", $"A name has 1 to {RuleJson.NameCharsMax} characters.");
        else if (!names.Add(name))
            Fail<string>(path, "duplicate_name", $"Another rule is called '{Nearest.Cut(name)}'.");
        return name;
    }

    ImmutableArray<StatusTag> ReadFrom(JsonElement json, string path)
    {
        if (Member(json, "from") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
        {
            Fail<Rule>(path, "not_a_list", "A rule starts from a list of at least one tag.");
            return [];
        }
        var tags = ImmutableArray.CreateBuilder<StatusTag>();
        var index = 0;
        foreach (var item in list.EnumerateArray().Take(TagsReadMax))
            if (ReadTag(item, $"{path}[{index++}]") is { } tag && !tags.Contains(tag)) tags.Add(tag);
        return tags.DrainToImmutable();
    }

    StatusTag? ReadTag(JsonElement? json, string path)
    {
        if (json is { ValueKind: JsonValueKind.String } code && StatusTags.TryParse(code.GetString(), out var tag)) return tag;
        Fail<Rule>(path, "unknown_tag", "A tag is one of ST_001 to ST_006.");
        return null;
    }

    Condition? ReadConditions(JsonElement json, string path)
    {
        if (Member(json, "conditions") is not { } conditions) return Fail<Condition>(path, "missing", "A rule needs conditions.");
        var reader = new ConditionReader();
        var condition = reader.Read(conditions, path, depth: 1);
        foreach (var (clause, place) in reader.Places) Places.Add(clause, place);
        Errors.AddRange(reader.Errors);
        return reader.Errors.Count == 0 ? condition : null;
    }

    int ReadPriority(JsonElement json, string path) =>
        Member(json, "priority") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var priority)
        && priority is >= 0 and <= RuleJson.PriorityMax
            ? priority
                : Fail<int>(path, "bad_priority", $"A priority is a whole number from 0 to {RuleJson.PriorityMax}; the lowest wins.");

    bool ReadFlag(JsonElement json, string name, string path, bool byDefault) => Member(json, name) switch
    {
        null => byDefault,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => Fail<bool>($"{path}.{name}", "not_a_flag", "This is true or false."),
    };

    string ReadNotification(JsonElement json, string path) => Member(json, "notification") switch
    {
        null => "{}",
        { ValueKind: JsonValueKind.Object } settings when JsonSerializer.Serialize(settings, Compact) is var text =>
            text.Length <= RuleJson.NotificationCharsMax ? text
                : Fail<string>(path, "too_large", $"These settings have at most {RuleJson.NotificationCharsMax} characters.") ?? "{}",
        _ => Fail<string>(path, "not_an_object", "Notification settings are an object.") ?? "{}",
    };

    static readonly JsonSerializerOptions Compact = new() { Encoder = JsonText.Plain.Encoder };

    static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    T? Fail<T>(string path, string code, string message)
    {
        Errors.Add(new InputError(path, code, message));
        return default;
    }
}
