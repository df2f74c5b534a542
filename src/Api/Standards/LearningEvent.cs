using System.Text.Json;

namespace LStep.Api.Standards;

/// <summary>What a statement or event of a standard says, as far as an activity can say it.</summary>
/// <param name="Score">0 to 100, or null.</param>
/// <param name="Further">Under names of its own, beside what the rule adds.</param>
public sealed record LearningEvent(
    string CustomerId, string MessageId, string Event, string? Timestamp, string? ObjectId, string? ObjectName, decimal? Score,
    double? Seconds, IEnumerable<(string Name, string? Value)> Further, IReadOnlyDictionary<string, JsonElement>? Properties);
