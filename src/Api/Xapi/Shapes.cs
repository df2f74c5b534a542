using System.Text.Json;
using LStep.Api.Standards;

namespace LStep.Api.Xapi;

/// <summary>Which version of the standard a request is of.</summary>
public enum XapiVersion { V1, V2 }

/// <summary>Throws what is wrong with a value.</summary>
internal delegate void Check(JsonElement value, string path, XapiVersion version);

/// <summary>What an object may have and has to have; a name that is not among them is refused, and so is null.</summary>
internal static class Shapes
{
    public readonly record struct Member(string Name, Check Check, bool Required = false, XapiVersion Since = XapiVersion.V1);

    public static Member Required(string name, Check check) => new(name, check, Required: true);

    public static Member Optional(string name, Check check, XapiVersion since = XapiVersion.V1) => new(name, check, Since: since);

    public static Check Object(params Member[] members) => (value, path, version) =>
    {
        Kind(value, path, JsonValueKind.Object, "an object");
        foreach (var field in value.EnumerateObject())
        {
            var member = System.Array.Find(members, one => field.NameEquals(one.Name));
            if (member.Name is null || member.Since > version)
                Fail(Under(path, field.Name), "unknown_property", "There is no such property here.");
            member.Check(field.Value, Under(path, field.Name), version);
        }
        foreach (var member in members)
            if (member.Required && !value.TryGetProperty(member.Name, out _))
                Fail(Under(path, member.Name), "missing", "This property is needed here.");
    };

    public static Check ListOf(Check item, bool orOne = false, bool notEmpty = false) => (value, path, version) =>
    {
        if (orOne && value.ValueKind == JsonValueKind.Object)
        {
            item(value, path, version);
            return;
        }
        Kind(value, path, JsonValueKind.Array, "an array");
        if (notEmpty && value.GetArrayLength() == 0) Fail(path, "empty", "This array has at least one element.");
        foreach (var (index, element) in value.EnumerateArray().Index()) item(element, $"{path}[{index}]", version);
    };

    public static Check All(params Check[] checks) => (value, path, version) =>
    {
        foreach (var check in checks) check(value, path, version);
    };

    /// <summary>Texts by language.</summary>
    public static readonly Check LanguageMap = (value, path, _) =>
    {
        Kind(value, path, JsonValueKind.Object, "an object of texts by language");
        foreach (var field in value.EnumerateObject())
        {
            if (!Formats.IsLanguage(field.Name)) Fail(Under(path, field.Name), "bad_language", "This is no language tag of RFC 5646.");
            Kind(field.Value, Under(path, field.Name), JsonValueKind.String, "a text");
        }
    };

    /// <summary>Anything by IRIs, null among it.</summary>
    public static readonly Check Extensions = (value, path, _) =>
    {
        Kind(value, path, JsonValueKind.Object, "an object");
        foreach (var field in value.EnumerateObject())
            if (!Formats.IsIri(field.Name)) Fail(Under(path, field.Name), "bad_iri", "The names of extensions are IRIs with a scheme.");
    };

    public static readonly Check Text = (value, path, _) => Kind(value, path, JsonValueKind.String, "a text");

    public static readonly Check Number = (value, path, _) => Kind(value, path, JsonValueKind.Number, "a number");

    public static readonly Check Flag = (value, path, _) =>
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Fail(path, "wrong_type", "This is true or false.");
    };

    public static readonly Check Count = (value, path, _) =>
    {
        Kind(value, path, JsonValueKind.Number, "a whole number");
        if (!value.TryGetInt64(out var number) || number < 0) Fail(path, "bad_number", "This is a whole number, 0 or more.");
    };

    public static readonly Check Iri = Like(Formats.IsIri, "bad_iri", "This is an IRI with a scheme.");

    public static readonly Check Id = Like(Formats.IsUuid, "bad_uuid", "This is a UUID of RFC 4122, with hyphens.");

    public static readonly Check Language = Like(Formats.IsLanguage, "bad_language", "This is a language tag of RFC 5646.");

    public static readonly Check Duration = Like(Formats.IsDuration, "bad_duration", "This is a duration of ISO 8601, such as PT1H30M.");

    public static readonly Check Timestamp = Like(
        Formats.IsTimestamp, "bad_timestamp", "This is an instant of ISO 8601 such as 2026-03-10T12:00:00.000Z; its offset is not -00:00.");

    public static Check Like(Func<string, bool> fits, string code, string message) => (value, path, _) =>
    {
        Kind(value, path, JsonValueKind.String, "a text");
        if (!fits(value.GetString()!)) Fail(path, code, message);
    };

    public static Check OneOf(params string[] values) =>
        Like(text => values.Contains(text), "bad_value", $"This is one of {string.Join(", ", values)}.");

    public static void Kind(JsonElement value, string path, JsonValueKind kind, string what)
    {
        if (value.ValueKind != kind)
            Fail(path, value.ValueKind == JsonValueKind.Null ? "null" : "wrong_type", $"This is {what}, and nothing else.");
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void Fail(string path, string code, string message) => throw new InvalidRequestException(path, code, message);

    private const int NameCharsToldMax = 100;

    /// <summary>Names come from outside, of any length.</summary>
    public static string Under(string path, string name) =>
        $"{path}.{(name.Length <= NameCharsToldMax ? name : name[..NameCharsToldMax])}";
}
