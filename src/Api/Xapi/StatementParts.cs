using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Api.Xapi;

/// <summary>What a statement can be found by, and whom it names.</summary>
internal sealed class StatementParts
{
    private static readonly string[] ContextKinds = ["parent", "grouping", "category", "other"];

    private readonly HashSet<long> keys = [];
    private readonly List<AgentIds> others = [];
    private readonly string realm;

    /// <param name="statement">One that was checked.</param>
    public StatementParts(JsonElement statement, string realm)
    {
        this.realm = realm;
        Actor = AgentIds.Of(statement.GetProperty("actor"));
        keys.Add(VerbKey(realm, statement.GetProperty("verb").GetProperty("id").GetString()!));
        Agents(statement.GetProperty("actor"), isOwn: true, isActor: true);
        Subject(statement.GetProperty("object"), isOwn: true);
        if (statement.TryGetProperty("context", out var context)) Context(context, isOwn: true);
        // The authority is ours.
    }

    public AgentIds Actor { get; }

    public IReadOnlyCollection<long> Keys => keys;

    /// <summary>People beside the actor.</summary>
    public IReadOnlyList<AgentIds> Others => others;

    public static long VerbKey(string realm, string verb) => Key(realm, "verb", verb);

    public static long RegistrationKey(string realm, string registration) => Key(realm, "registration", registration.ToLowerInvariant());

    public static long ActivityKey(string realm, string activity, bool related) =>
        Key(realm, related ? "related activity" : "activity", activity);

    public static long AgentKey(string realm, string identifier, bool related) =>
        Key(realm, related ? "related agent" : "agent", identifier);

    private static long Key(string realm, string kind, string text) => unchecked((long)Hashes.Of($"{realm}\n{kind}\n{text}"));

    /// <param name="isOwn">Of the statement itself, and not only related to it.</param>
    private void Agents(JsonElement agent, bool isOwn, bool isActor = false)
    {
        var ids = AgentIds.Of(agent);
        if (ids.Identifier is { } identifier)
        {
            keys.Add(AgentKey(realm, identifier, related: true));
            if (isOwn) keys.Add(AgentKey(realm, identifier, related: false));
            if (!isActor && !ids.IsGroup) others.Add(ids);
        }
        if (ids.IsGroup && agent.TryGetProperty("member", out var members))
            foreach (var member in members.EnumerateArray()) Agents(member, isOwn);
    }

    private void Activity(JsonElement activity, bool isOwn)
    {
        var id = activity.GetProperty("id").GetString()!;
        keys.Add(ActivityKey(realm, id, related: true));
        if (isOwn) keys.Add(ActivityKey(realm, id, related: false));
    }

    private void Subject(JsonElement subject, bool isOwn)
    {
        switch (StatementCheck.TypeOf(subject))
        {
            case "Activity":
                Activity(subject, isOwn);
                break;
            case "Agent" or "Group":
                Agents(subject, isOwn);
                break;
            case "SubStatement":
                Agents(subject.GetProperty("actor"), isOwn: false);
                Subject(subject.GetProperty("object"), isOwn: false);
                if (subject.TryGetProperty("context", out var context)) Context(context, isOwn: false);
                break;
        }
    }

    private void Context(JsonElement context, bool isOwn)
    {
        if (isOwn && context.TryGetProperty("registration", out var registration))
            keys.Add(RegistrationKey(realm, registration.GetString()!));
        foreach (var name in new[] { "instructor", "team" })
            if (context.TryGetProperty(name, out var agent)) Agents(agent, isOwn: false);
        if (context.TryGetProperty("contextActivities", out var activities))
            foreach (var kind in ContextKinds)
                if (activities.TryGetProperty(kind, out var list))
                    foreach (var activity in list.EnumerateArray()) Activity(activity, isOwn: false);
        foreach (var (list, member) in new[] { ("contextAgents", "agent"), ("contextGroups", "group") })
            if (context.TryGetProperty(list, out var agents))
                foreach (var agent in agents.EnumerateArray()) Agents(agent.GetProperty(member), isOwn: false);
    }
}
