using System.Text.Json.Serialization;

namespace LStep.Workbench.Replay;

/// <summary>One event of the OULAD sample: a line of its event files, or a row of its tables turned into one.</summary>
public sealed record OuladEvent
{
    public required string EventId { get; init; }
    public required string LearnerId { get; init; }

    /// <summary>module_presentation</summary>
    public required string Course { get; init; }

    public required string Type { get; init; }

    /// <summary>The source's own day number; 0 is the day the presentation begins.</summary>
    public required int Day { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }
    public int? SiteId { get; init; }
    public string? Activity { get; init; }
    public int? Count { get; init; }
    public bool FirstOpen { get; init; }
    public int? AssessmentId { get; init; }

    /// <summary>TMA, CMA or Exam.</summary>
    public string? Kind { get; init; }

    public decimal? Weight { get; init; }
    public decimal? Score { get; init; }
    public int? DueDay { get; init; }
    public bool? Late { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OuladEvent))]
internal sealed partial class OuladJson : JsonSerializerContext;
