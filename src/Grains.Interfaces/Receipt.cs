using System.Collections.Immutable;

namespace LStep;

public enum RecordOutcome : byte { Accepted, Duplicate, Refused }

/// <summary>What became of one activity of a Record call; items come in the order of the call.</summary>
/// <param name="Code">snake_case reason of a refusal, else null.</param>
/// <param name="Message">A sentence for people, else null.</param>
[GenerateSerializer, Immutable, Alias("lstep.receipt-item")]
public readonly record struct ReceiptItem(
    [property: Id(0)] RecordOutcome Outcome,
    [property: Id(1)] string? Code = null,
    [property: Id(2)] string? Message = null);

/// <summary>Given only after the commit: what it lists is durable.</summary>
[GenerateSerializer, Immutable, Alias("lstep.receipt")]
public sealed record Receipt([property: Id(0)] ImmutableArray<ReceiptItem> Items);
