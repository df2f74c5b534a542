using LStep.Api.Ingest;
using LStep.Grains.People;

namespace LStep.Api.Sessions;

/// <summary>Exactly one of the two.</summary>
public sealed record SignIn(string? Token = null, string? Link = null);

/// <param name="Name">What people call it.</param>
/// <param name="Address">Where a browser begins; its parameter to is the page it comes back to.</param>
public sealed record ProviderRow(string Name, string Address);

/// <param name="Csrf">What writes by this session send as X-LStep-CSRF; null for a bearer token, which needs none.</param>
/// <param name="ExpiresAt">When the session ends; null for a bearer token.</param>
/// <param name="Now">The server's clock: a page may not count from its own, which can be another year's.</param>
/// <param name="Simulated">The clock stands still between steps.</param>
/// <param name="BusinessZone">The IANA time zone whose calendar days are the business days.</param>
/// <param name="Currency">What amounts are in, a code of ISO 4217; null where nobody said.</param>
public sealed record WhoAmI(
    string Name, string Role, string? Csrf, DateTimeOffset? ExpiresAt, DateTimeOffset Now, bool Simulated, string BusinessZone,
    string? Currency);
