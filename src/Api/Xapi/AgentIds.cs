using System.Text.Json;

namespace LStep.Api.Xapi;

/// <summary>How an agent or a group is known: by one of four identifiers, or by none.</summary>
/// <param name="Identifier">Equal for two that are the same; null for a group that only its members tell.</param>
/// <param name="Address">That of the mbox, whose customer has to be looked up; null for the others.</param>
/// <param name="Id">Of the customer, where no customer has the address.</param>
internal sealed record AgentIds(string? Identifier, string? Address, string? Id, bool IsGroup)
{
    private const string Mailto = "mailto:";

    /// <param name="agent">One that was checked.</param>
    public static AgentIds Of(JsonElement agent)
    {
        var isGroup = StatementCheck.TypeOf(agent) == "Group";
        if (agent.TryGetProperty("account", out var account))
        {
            var name = account.GetProperty("name").GetString()!;
            return new($"account\n{account.GetProperty("homePage").GetString()}\n{name}", null, name, isGroup);
        }
        if (Text(agent, "mbox") is { } mbox)
        {
            var address = Uri.UnescapeDataString(mbox[Mailto.Length..]);
            return new($"mbox\n{address}", address, address, isGroup);
        }
        if (Text(agent, "mbox_sha1sum") is { } sum) return new($"sha1\n{sum.ToLowerInvariant()}", null, sum, isGroup);
        return Text(agent, "openid") is { } openId ? new($"openid\n{openId}", null, openId, isGroup) : new(null, null, null, isGroup);
    }

    /// <summary>Whose it is: nobody's where it is of a group.</summary>
    public string CustomerIn(IReadOnlyDictionary<string, string> byAddress) =>
        IsGroup || Id is null ? "" : Address is not null && byAddress.TryGetValue(Address, out var customer) ? customer : Id;

    private static string? Text(JsonElement agent, string name) => agent.TryGetProperty(name, out var value) ? value.GetString() : null;
}
