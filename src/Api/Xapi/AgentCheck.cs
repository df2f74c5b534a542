using System.Text.Json;
using LStep.Api.Standards;
using static LStep.Api.Xapi.Shapes;

namespace LStep.Api.Xapi;

/// <summary>What the standard requires of people and groups of them.</summary>
internal static class AgentCheck
{
    private static readonly string[] Identifiers = ["mbox", "mbox_sha1sum", "openid", "account"];

    private static readonly Member[] Common =
    [
        Optional("name", Text), Optional("mbox", Like(Formats.IsMailto, "bad_mailto", "This is a mailto IRI with an address.")),
        Optional("mbox_sha1sum", Like(Formats.IsSha1, "bad_hash", "This is a SHA-1 in hexadecimal digits.")), Optional("openid", Iri),
        Optional("account", Object(Required("homePage", Iri), Required("name", Text))),
    ];

    public static readonly Check Agent = All(
        Object([.. Common, Optional("objectType", OneOf("Agent"))]),
        (value, path, _) =>
        {
            if (IdentifiersOf(value) != 1)
                Fail(path, "bad_agent", $"An agent has exactly one of {string.Join(", ", Identifiers)}.");
        });

    public static readonly Check Group = All(
        Object([.. Common, Required("objectType", OneOf("Group")), Optional("member", ListOf(Agent))]),
        (value, path, _) =>
        {
            var identifiers = IdentifiersOf(value);
            if (identifiers > 1) Fail(path, "bad_agent", $"A group has at most one of {string.Join(", ", Identifiers)}.");
            if (identifiers == 0 && Members(value) == 0)
                Fail(path, "bad_agent", $"A group without one of {string.Join(", ", Identifiers)} has members.");
        });

    public static readonly Check AgentOrGroup = (value, path, version) =>
        (StatementCheck.TypeOf(value) == "Group" ? Group : Agent)(value, path, version);

    /// <summary>A person or program, or two of them: an OAuth consumer and its user.</summary>
    public static readonly Check Authority = All(AgentOrGroup, (value, path, _) =>
    {
        if (StatementCheck.TypeOf(value) == "Group" && (IdentifiersOf(value) > 0 || Members(value) != 2))
            Fail(path, "bad_authority", "An authority that is a group is one without an identifier and with exactly two members.");
    });

    private static int IdentifiersOf(JsonElement agent) => Identifiers.Count(name => agent.TryGetProperty(name, out _));

    private static int Members(JsonElement group) => group.TryGetProperty("member", out var members) ? members.GetArrayLength() : 0;
}
