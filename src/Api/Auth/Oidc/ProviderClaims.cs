using System.Security.Claims;
using System.Text.Json;
using LStep.Grains.People;

namespace LStep.Api.Auth.Oidc;

/// <summary>What the claims of a provider say here: who somebody is, and which role that makes.</summary>
public static class ProviderClaims
{
    private const string Email = "email";
    private static readonly string[] Names = ["name", "preferred_username", Email, "client_id", "azp", "sub"];

    /// <summary>The greatest role that the claim gives; null for none.</summary>
    public static Role? RoleOf(this ClaimsPrincipal who, ProviderSettings settings)
    {
        // Anybody can give an address as their own at many providers: it says something once the provider has seen it answered.
        if (settings.RoleClaim == Email && who.FindFirstValue("email_verified") is not ("true" or "True" or "1")) return null;
        return ValuesOf(who, settings.RoleClaim)
            .Select(value => settings.RoleMap.TryGetValue(value, out var role) ? role : (Role?)null).Max();
    }

    /// <summary>Null without a subject, which no token of a provider lacks.</summary>
    public static byte[]? SubjectOf(this ClaimsPrincipal who) =>
        who.FindFirst("sub") is { Value.Length: > 0 } subject ? Provided.SubjectOf(subject.Issuer, subject.Value) : null;

    /// <summary>What people call them, in one line.</summary>
    public static string NameOf(this ClaimsPrincipal who)
    {
        var name = Names.Select(type => who.FindFirstValue(type)).Select(OneLine).FirstOrDefault(text => text.Length > 0) ?? "nameless";
        return name[..Math.Min(name.Length, Tokens.NameCharsMax)];
    }

    private static string OneLine(string? text) =>
        new string([.. (text ?? "").Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]).Trim();

    private static IEnumerable<string> ValuesOf(ClaimsPrincipal who, string path)
    {
        // A claim may have dots in its name, and so may a field within one.
        foreach (var (type, rest) in Splits(path))
            foreach (var claim in who.FindAll(type))
                foreach (var value in rest is null && !IsJson(claim.Value) ? [claim.Value] : ValuesIn(claim.Value, rest))
                    yield return value;
    }

    private static IEnumerable<(string First, string? Inner)> Splits(string path)
    {
        yield return (path, null);
        for (var dot = path.IndexOf('.'); dot >= 0; dot = path.IndexOf('.', dot + 1)) yield return (path[..dot], path[(dot + 1)..]);
    }

    private static bool IsJson(string text) => text.StartsWith('[') || text.StartsWith('{');

    private static List<string> ValuesIn(string json, string? path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. ValuesIn(document.RootElement, path)];
        }
        catch (JsonException)
        {
            return path is null ? [json] : [];
        }
    }

    private static IEnumerable<string> ValuesIn(JsonElement element, string? path)
    {
        if (path is null)
            return element.ValueKind switch
            {
                JsonValueKind.String => [element.GetString()!],
                JsonValueKind.Array => element.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String)
                    .Select(item => item.GetString()!),
                _ => [],
            };
        if (element.ValueKind != JsonValueKind.Object) return [];
        return Splits(path).SelectMany(split =>
            element.TryGetProperty(split.First, out var inner) ? ValuesIn(inner, split.Inner) : []);
    }
}
