namespace LStep.Api.Http;

/// <summary>Metadata of endpoints whose answer is written while it is made: nothing may gather it.</summary>
public sealed record Streamed;
