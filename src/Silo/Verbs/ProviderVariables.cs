using System.Collections.Immutable;
using LStep.Api.Auth.Oidc;
using LStep.Grains.People;

namespace LStep.Silo.Verbs;

/// <summary>The OpenID Connect provider, as the environment says it. There are no options for it: one of them is a secret.</summary>
public static class ProviderVariables
{
    private const string Authority = "LSTEP_OIDC_AUTHORITY", ClientId = "LSTEP_OIDC_CLIENT_ID", ClientSecret = "LSTEP_OIDC_CLIENT_SECRET",
        Name = "LSTEP_OIDC_NAME", RoleClaim = "LSTEP_OIDC_ROLE_CLAIM", RoleMap = "LSTEP_OIDC_ROLE_MAP", Scopes = "LSTEP_OIDC_SCOPES",
        Audience = "LSTEP_OIDC_AUDIENCE";

    private static readonly string[] All = [Authority, ClientId, ClientSecret, Name, RoleClaim, RoleMap, Scopes, Audience];

    /// <summary>Null where none is set.</summary>
    /// <param name="variable">The value of a variable; null for one that is not there, or empty.</param>
    /// <exception cref="WrongUsageException">A part is missing, or cannot be meant; it repeats no secret.</exception>
    public static ProviderSettings? Read(Func<string, string?> variable, TimeProvider wallClock)
    {
        if (variable(Authority) is not { } authority || variable(ClientId) is not { } clientId)
            return Array.Find(All, name => variable(name) is not null) is { } lonely
                ? throw new WrongUsageException($"{lonely} is set: {Authority} and {ClientId} both have to be, too.") : null;
        return new ProviderSettings
        {
            Authority = AuthorityIn(authority),
            ClientId = clientId,
            ClientSecret = variable(ClientSecret),
            Name = variable(Name) ?? AuthorityIn(authority).Host,
            RoleClaim = variable(RoleClaim) ?? ProviderSettings.RoleClaimDefault,
            RoleMap = variable(RoleMap) is { } map ? RolesIn(map) : ProviderSettings.OwnNames,
            Scopes = variable(Scopes) ?? ProviderSettings.ScopesDefault,
            Audience = variable(Audience),
            WallClock = wallClock,
        };
    }

    /// <summary>Who can change what is on the way could sign in as anybody: only within this machine it may be plain.</summary>
    private static Uri AuthorityIn(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Query: "", Fragment: "", UserInfo: "" }
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            ? url
            : throw new WrongUsageException(
                $"{Authority} is no address such as https://id.example.org/realms/school (https, or http on loopback).");

    /// <summary>
    /// VALUE=ROLE, the pairs apart by commas; by semicolons where there is one, for values that have commas themselves.
    /// </summary>
    private static ImmutableDictionary<string, Role> RolesIn(string text)
    {
        var roles = ImmutableDictionary.CreateBuilder<string, Role>(StringComparer.Ordinal);
        const StringSplitOptions Neat = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var pair in text.Split(text.Contains(';') ? ';' : ',', Neat))
        {
            var sign = pair.LastIndexOf('=');
            if (sign <= 0 || !ProviderSettings.OwnNames.TryGetValue(pair[(sign + 1)..].Trim(), out var role))
                throw new WrongUsageException(
                    $"{RoleMap} has '{pair}', which is no pair such as learning-team=success; roles are viewer, success and admin.");
            roles[pair[..sign].Trim()] = role;
        }
        return roles.Count > 0 ? roles.ToImmutable() : throw new WrongUsageException($"{RoleMap} names no role.");
    }
}
