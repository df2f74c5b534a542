using System.Text.Json;
using LStep.Api.Standards;
using static LStep.Api.Xapi.Shapes;

namespace LStep.Api.Xapi;

/// <summary>What the standard requires of a statement. It is stricter than our own ingest, and said so by every part of it.</summary>
internal static class StatementCheck
{
    public const string Voided = "http://adlnet.gov/expapi/verbs/voided";

    private static readonly Check Verb = Object(Required("id", Iri), Optional("display", LanguageMap));

    private static readonly Check Score = All(
        Object(Optional("scaled", Number), Optional("raw", Number), Optional("min", Number), Optional("max", Number)),
        (value, path, _) =>
        {
            if (Of("scaled") is < -1 or > 1) Fail(path + ".scaled", "out_of_range", "This is a number from -1 to 1.");
            if (Of("min") >= Of("max")) Fail(path + ".min", "out_of_range", "min is less than max.");
            if (Of("raw") < Of("min") || Of("raw") > Of("max")) Fail(path + ".raw", "out_of_range", "This is a number from min to max.");

            double? Of(string name) => value.TryGetProperty(name, out var number) ? number.GetDouble() : null;
        });

    private static readonly Check Result = Object(
        Optional("score", Score), Optional("success", Flag), Optional("completion", Flag), Optional("response", Text),
        Optional("duration", Duration), Optional("extensions", Extensions));

    private static readonly Check Reference = Object(Required("objectType", OneOf("StatementRef")), Required("id", Id));

    private static readonly Check Activities = ListOf(ActivityCheck.Activity, orOne: true);

    private static readonly Check RelevantTypes = ListOf(Iri, notEmpty: true);

    private static readonly Check Context = Object(
        Optional("registration", Id), Optional("instructor", AgentCheck.AgentOrGroup), Optional("team", AgentCheck.Group),
        Optional("contextActivities", Object(
            Optional("parent", Activities), Optional("grouping", Activities), Optional("category", Activities),
            Optional("other", Activities))),
        Optional("contextAgents", ListOf(Object(
            Required("objectType", OneOf("contextAgent")), Required("agent", AgentCheck.Agent), Optional("relevantTypes", RelevantTypes))),
            XapiVersion.V2),
        Optional("contextGroups", ListOf(Object(
            Required("objectType", OneOf("contextGroup")), Required("group", AgentCheck.Group), Optional("relevantTypes", RelevantTypes))),
            XapiVersion.V2),
        Optional("revision", Text), Optional("platform", Text), Optional("language", Language), Optional("statement", Reference),
        Optional("extensions", Extensions));

    private static readonly Check Attachments = ListOf(Object(
        Required("usageType", Iri), Required("display", LanguageMap), Optional("description", LanguageMap),
        Required("contentType", Like(Formats.IsMediaType, "bad_media_type", "This is a media type such as application/pdf.")),
        Required("length", Count), Required("sha2", Like(Formats.IsSha2, "bad_hash", "This is a SHA-2 in hexadecimal digits.")),
        // Bytes come as parts of multipart/mixed only, which are not taken.
        Required("fileUrl", Iri)));

    private static readonly Check SubStatement = All(
        Object(
            Required("objectType", OneOf("SubStatement")), Required("actor", AgentCheck.AgentOrGroup), Required("verb", Verb),
            Required("object", (value, path, version) => ObjectOf(value, path, version, within: true)), Optional("result", Result),
            Optional("context", Context), Optional("timestamp", Timestamp), Optional("attachments", Attachments)),
        ContextFits);

    private static readonly Check Whole = All(
        Object(
            Optional("id", Id), Required("actor", AgentCheck.AgentOrGroup), Required("verb", Verb),
            Required("object", (value, path, version) => ObjectOf(value, path, version, within: false)), Optional("result", Result),
            Optional("context", Context), Optional("timestamp", Timestamp), Optional("stored", Timestamp),
            Optional("authority", AgentCheck.Authority), Optional("version", (value, path, version) =>
            {
                Kind(value, path, JsonValueKind.String, "a text");
                if (XapiVersions.Of(value.GetString()!) is not { } said || said > version)
                    Fail(path, "bad_version", "This is a version that the request's own header allows.");
            }), Optional("attachments", Attachments)),
        ContextFits,
        (value, path, _) =>
        {
            if (value.GetProperty("verb").GetProperty("id").ValueEquals(Voided) && TypeOf(value.GetProperty("object")) != "StatementRef")
                Fail(path + ".object", "bad_value", "A statement that voids another has a StatementRef as its object.");
        });

    /// <exception cref="InvalidRequestException">It is none.</exception>
    public static void Statement(JsonElement statement, string path, XapiVersion version) => Whole(statement, path, version);

    /// <summary>Activity where nothing is said.</summary>
    public static string TypeOf(JsonElement subject) =>
        subject.ValueKind == JsonValueKind.Object && subject.TryGetProperty("objectType", out var type)
            && type.ValueKind == JsonValueKind.String ? type.GetString()! : "Activity";

    private static void ObjectOf(JsonElement value, string path, XapiVersion version, bool within)
    {
        Kind(value, path, JsonValueKind.Object, "an object");
        var check = TypeOf(value) switch
        {
            "Activity" => ActivityCheck.Activity,
            "Agent" => AgentCheck.Agent,
            "Group" => AgentCheck.Group,
            "StatementRef" => Reference,
            "SubStatement" when !within => SubStatement,
            _ => throw new InvalidRequestException(
                path + ".objectType", "bad_value",
                $"This is one of Activity, Agent, Group, StatementRef{(within ? "" : ", SubStatement")}."),
        };
        check(value, path, version);
    }

    /// <summary>What an activity alone can have.</summary>
    private static void ContextFits(JsonElement statement, string path, XapiVersion version)
    {
        if (TypeOf(statement.GetProperty("object")) == "Activity" || !statement.TryGetProperty("context", out var context)) return;
        foreach (var name in new[] { "revision", "platform" })
            if (context.TryGetProperty(name, out _))
                Fail($"{path}.context.{name}", "unknown_property", "There is none where the object is no activity.");
    }
}
