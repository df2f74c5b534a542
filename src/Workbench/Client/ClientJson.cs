using System.Text.Json.Serialization;
using LStep.Workbench.Simulation;

namespace LStep.Workbench.Client;

public sealed record RejectedMessage(int Index, string? MessageId, string? Code, string? Message);

public sealed record BatchAnswer(bool Success, IReadOnlyList<RejectedMessage>? Rejected);

public sealed record ClockMove(DateTimeOffset Now);

/// <param name="NextMidnight">The first business midnight after now.</param>
public sealed record ClockAnswer(DateTimeOffset Now, DateTimeOffset NextMidnight);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(ClockMove))]
[JsonSerializable(typeof(ClockAnswer))]
internal sealed partial class ClientJson : JsonSerializerContext;
