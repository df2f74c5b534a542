using System.Security.Cryptography;
using System.Text;
using LStep.Grains.Xapi;

namespace LStep.Api.Xapi;

/// <summary>One of the three resources that keep documents.</summary>
/// <param name="Path">Under the door's root.</param>
/// <param name="Id">The parameter that names a document.</param>
/// <param name="Guards">From which version on a PUT over a document that is there needs a precondition.</param>
internal sealed record DocumentResource(string Path, string Name, string Id, bool OfAgent, bool OfActivity, XapiVersion Guards)
{
    public static DocumentResource State { get; } = new("/activities/state", "State", "stateId", true, true, XapiVersion.V2);

    public static DocumentResource ActivityProfile { get; } =
        new("/activities/profile", "ActivityProfile", "profileId", false, true, XapiVersion.V1);

    public static DocumentResource AgentProfile { get; } = new("/agents/profile", "AgentProfile", "profileId", true, false, XapiVersion.V1);

    public static DocumentResource[] All { get; } = [State, ActivityProfile, AgentProfile];

    public bool IsState => this == State;

    public string[] Parameters { get; } =
    [
        .. OfActivity ? new[] { "activityId" } : [], .. OfAgent ? new[] { "agent" } : [],
        .. OfAgent && OfActivity ? new[] { "registration" } : [], Id,
    ];

    /// <summary>A key of another name has places of its own.</summary>
    public DocumentPlace Place(string realm, AgentIds? agent, string? activity, string customer, string? unknown) => new(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{realm}\n{Name}\n{agent?.Identifier}\n{activity}")), customer, activity, unknown);
}
