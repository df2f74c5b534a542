namespace LStep.Api.Http;

/// <summary>The body of a call that takes no fields: it may be left out, and a field in it is refused by its name.</summary>
public sealed record NoFields;
