namespace LStep;

/// <summary>How a ledger row came to be; decides what it counts in.</summary>
public enum TransitionKind : byte
{
    /// <summary>The first assignment: from is null.</summary>
    First = 0,
    Automatic = 1,
    Import = 2,

    /// <summary>A review nobody decided in time.</summary>
    ReviewExpired = 3,
    Approved = 4,
    Override = 5,
    Undo = 6,
}

/// <summary>One row of the ledger.</summary>
[GenerateSerializer, Immutable, Alias("lstep.transition")]
public sealed record Transition
{
    /// <summary>Ascending in commit order over all customers; 0 until the commit gave it.</summary>
    [Id(0)] public long Id { get; init; }

    [Id(1)] public required string CustomerId { get; init; }

    /// <summary>1, 2, 3 … within the customer.</summary>
    [Id(2)] public required int Number { get; init; }

    /// <summary>Null for the first assignment.</summary>
    [Id(3)] public StatusTag? From { get; init; }

    [Id(4)] public required StatusTag To { get; init; }

    /// <summary>When it was applied.</summary>
    [Id(5)] public required DateTimeOffset At { get; init; }

    /// <summary>When it became due: the instant from which tagSince counts.</summary>
    [Id(6)] public required DateTimeOffset DueAt { get; init; }

    /// <summary>The rule's name, or null where no rule moved it.</summary>
    [Id(7)] public string? Rule { get; init; }

    [Id(8)] public int? RuleId { get; init; }

    [Id(9)] public int? RuleSetVersion { get; init; }

    [Id(10)] public decimal? Confidence { get; init; }

    /// <summary>"system", "import" or "manual:USER".</summary>
    [Id(11)] public required string AssignedBy { get; init; }

    [Id(12)] public required string Reason { get; init; }

    [Id(13)] public required TransitionKind Kind { get; init; }

    /// <summary>The daily or requested batch it was found in, or null.</summary>
    [Id(14)] public string? BatchId { get; init; }

    /// <summary>Number of the customer's decision record, or null.</summary>
    [Id(15)] public int? DecisionNumber { get; init; }

    /// <summary>Number of the customer's row that this one takes back, or null.</summary>
    [Id(16)] public int? UndoesNumber { get; init; }
}
