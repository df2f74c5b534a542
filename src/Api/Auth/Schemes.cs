using LStep.Grains.People;

namespace LStep.Api.Auth;

/// <summary>Names of the authentication schemes.</summary>
public static class Schemes
{
    /// <summary>Forwards to Bearer where the request has an Authorization header, else to Session.</summary>
    public const string BearerOrSession = "bearer-or-session";

    public const string Bearer = "bearer";
    public const string Session = "session";
    public const string WriteKey = "write-key";
}
