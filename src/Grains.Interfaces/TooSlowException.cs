namespace LStep;

/// <summary>A question was given up because its answer took too long: a narrower one may be answered.</summary>
[GenerateSerializer, Alias("lstep.too-slow")]
public sealed class TooSlowException(string message) : Exception(message);
