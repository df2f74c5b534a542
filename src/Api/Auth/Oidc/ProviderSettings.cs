using System.Collections.Immutable;
using LStep.Grains.People;

namespace LStep.Api.Auth.Oidc;

/// <summary>The OpenID Connect provider by which people sign in; nothing of it is asked before somebody does.</summary>
public sealed record ProviderSettings
{
    public const string RoleClaimDefault = "roles";
    public const string ScopesDefault = "openid profile email";

    /// <summary>Where its description is found: AUTHORITY/.well-known/openid-configuration.</summary>
    public required Uri Authority { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null for a public client, which PKCE alone protects.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What people call it: it stands on the button.</summary>
    public string Name { get; init; } = "single sign-on";

    /// <summary>The claim that holds roles, groups or an address; a path such as realm_access.roles leads into an object.</summary>
    public string RoleClaim { get; init; } = RoleClaimDefault;

    /// <summary>From the claim's values to roles; a value that is not in it means nothing.</summary>
    public ImmutableDictionary<string, Role> RoleMap { get; init; } = OwnNames;

    public string Scopes { get; init; } = ScopesDefault;

    /// <summary>What tokens of machines have to be meant for; null takes none.</summary>
    public string? Audience { get; init; }

    /// <summary>Tokens live in real time, also where the product lives on a simulated clock.</summary>
    public required TimeProvider WallClock { get; init; }

    public static ImmutableDictionary<string, Role> OwnNames { get; } =
        new[] { Role.Viewer, Role.Success, Role.Admin }.ToImmutableDictionary(Tokens.NameOf, StringComparer.Ordinal);
}
