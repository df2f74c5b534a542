namespace LStep.Api.Http;

/// <summary>Metadata of an endpoint whose pages may do less than the dashboard's: its own content security policy.</summary>
/// <param name="MayBeFramed">Other sites may show the page in theirs.</param>
public sealed record ContentPolicy(string Value, bool MayBeFramed = false);
