using LStep.Grains.People;

namespace LStep.Api.Auth;

/// <summary>Names of the authentication schemes.</summary>
public static class Schemes
{
    /// <summary>Forwards to Bearer or ProviderToken where the request has an Authorization header, else to Session.</summary>
    public const string BearerOrSession = "bearer-or-session";

    public const string Bearer = "bearer";
    public const string Session = "session";
    public const string WriteKey = "write-key";

    /// <summary>The OpenID Connect provider's sign-in, and its tokens from machines; there only where one is set.</summary>
    public const string Provider = "provider";
    public const string ProviderToken = "provider-token";
}
