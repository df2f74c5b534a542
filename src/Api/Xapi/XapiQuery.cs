using System.Globalization;
using System.Text;
using System.Text.Json;
using LStep.Api.Standards;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Xapi;

/// <summary>
/// The query parameters of a request: each by its exact name, once, and written as the standard has values of its kind. Unlike under /api
/// case matters, and the first that is wrong is told.
/// </summary>
internal sealed class XapiQuery
{
    private const int NameCharsToldMax = 100;

    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <exception cref="InvalidRequestException">There is no such parameter here, or one came twice.</exception>
    public XapiQuery(HttpContext http, params string[] names)
    {
        foreach (var (name, given) in http.Request.Query)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
                Shapes.Fail(
                    name.Length <= NameCharsToldMax ? name : name[..NameCharsToldMax], "unknown_parameter",
                    names.Length == 0 ? "There are no parameters here." : $"The parameters here are {string.Join(", ", names)}.");
            if (given.Count != 1) Shapes.Fail(name, "repeated", "This parameter may come once.");
            values.Add(name, given[0] ?? "");
        }
    }

    public IEnumerable<string> Given => values.Keys;

    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>One that has to be there, with something in it.</summary>
    public string Needed(string name, int charsMax)
    {
        if (Text(name) is not { Length: > 0 } text) throw new InvalidRequestException(name, "missing", "This parameter is needed here.");
        if (text.Length > charsMax) Shapes.Fail(name, "too_long", $"This has more than {charsMax} characters.");
        if (text.Contains('\0')) Shapes.Fail(name, "bad_text", "This has a character that no text has.");
        return text;
    }

    public string? Iri(string name)
    {
        if (Text(name) is not { } text) return null;
        if (!Formats.IsIri(text)) Shapes.Fail(name, "bad_iri", "This is an IRI with a scheme.");
        return text;
    }

    public string NeededIri(string name) =>
        Iri(name) ?? throw new InvalidRequestException(name, "missing", "This parameter is needed here.");

    public Guid? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (!Formats.IsUuid(text)) Shapes.Fail(name, "bad_uuid", "This is a UUID of RFC 4122, with hyphens.");
        return Guid.Parse(text);
    }

    public DateTimeOffset? Instant(string name) =>
        Text(name) is not { } text ? null
        : Formats.TryTimestamp(text, out var at) ? at
        : throw new InvalidRequestException(name, "bad_timestamp", "This is an instant of ISO 8601 such as 2026-03-10T12:00:00.000Z.");

    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new InvalidRequestException(name, "bad_value", "This is true or false."),
    };

    public int Count(string name) =>
        Text(name) is not { } text ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : throw new InvalidRequestException(name, "bad_number", "This is a whole number, 0 or more.");

    public string OneOf(string name, params string[] allowed) =>
        Text(name) is not { } text ? allowed[0]
        : allowed.Contains(text) ? text
        : throw new InvalidRequestException(name, "bad_value", $"This is one of {string.Join(", ", allowed)}.");

    /// <summary>An agent or a group, in JSON.</summary>
    public JsonElement? Agent(string name, XapiVersion version)
    {
        if (Text(name) is not { } text) return null;
        var agent = StrictJson.Parse(Encoding.UTF8.GetBytes(text), name);
        AgentCheck.AgentOrGroup(agent, name, version);
        return agent;
    }

    public JsonElement NeededAgent(string name, XapiVersion version) =>
        Agent(name, version) ?? throw new InvalidRequestException(name, "missing", "This parameter is needed here.");
}
