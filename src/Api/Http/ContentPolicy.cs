namespace LStep.Api.Http;

/// <summary>Metadata of an endpoint whose pages may do less than the dashboard's: its own content security policy.</summary>
public sealed record ContentPolicy(string Value);
