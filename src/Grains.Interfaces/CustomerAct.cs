using System.Collections.Immutable;

namespace LStep;

/// <summary>Who acts.</summary>
/// <param name="Name">As the ledger, the timeline and the audit log show it.</param>
/// <param name="KeyId">The public handle of the key; null for whoever works at the command line.</param>
[GenerateSerializer, Immutable, Alias("lstep.person")]
public sealed record Person([property: Id(0)] string Name, [property: Id(1)] string? KeyId)
{
    public static Person CommandLine { get; } = new("command line", null);

    /// <summary>The product itself, where it changes what people can change, too.</summary>
    public static Person Installation { get; } = new("installation", null);

    /// <summary>What the ledger says of a tag that this person set.</summary>
    public string AssignedBy => $"manual:{Name}";
}

/// <summary>What a person decides about one customer; a closed set.</summary>
[GenerateSerializer, Immutable, Alias("lstep.act")]
public abstract record CustomerAct([property: Id(0)] Person By);

/// <summary>The recommendation of an open review is applied, if it still holds.</summary>
[GenerateSerializer, Immutable, Alias("lstep.act.approve")]
public sealed record ApproveReview(Person By, [property: Id(0)] Guid Review, [property: Id(1)] string? Note) : CustomerAct(By);

/// <summary>The recommendation is not applied, and stays away for 14 days.</summary>
[GenerateSerializer, Immutable, Alias("lstep.act.reject")]
public sealed record RejectReview(Person By, [property: Id(0)] Guid Review, [property: Id(1)] string? Note) : CustomerAct(By);

/// <summary>Sets the tag by hand.</summary>
/// <param name="LockedUntil">Until then automation leaves the tag alone; null takes a lock away.</param>
/// <param name="BatchId">Of an act on many customers at once, which can be taken back as one; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("lstep.act.override")]
public sealed record OverrideTag(
    Person By, [property: Id(0)] StatusTag Tag, [property: Id(1)] string Reason, [property: Id(2)] DateTimeOffset? LockedUntil,
    [property: Id(3)] string? BatchId = null)
    : CustomerAct(By);

/// <summary>Takes ledger rows back, the newest first.</summary>
/// <param name="Numbers">Rows of the customer, ascending; those that were taken back before are left alone.</param>
/// <param name="Cascade">Rows that came after the first of them are taken back, too; without it they are a refusal.</param>
[GenerateSerializer, Immutable, Alias("lstep.act.undo")]
public sealed record UndoTransitions(
    Person By, [property: Id(0)] ImmutableArray<int> Numbers, [property: Id(1)] bool Cascade, [property: Id(2)] string? Note)
    : CustomerAct(By);

/// <summary>Why a person's act was not carried out.</summary>
public enum ActRefusal : byte
{
    None = 0,

    /// <summary>There is no such customer, review or ledger row.</summary>
    Unknown = 1,

    /// <summary>The review has been closed, perhaps in this very moment.</summary>
    ReviewClosed = 2,

    /// <summary>The customer has moved on since.</summary>
    NotLatest = 3,

    /// <summary>It was taken back before.</summary>
    AlreadyUndone = 4,

    /// <summary>A first assignment and an undo cannot be taken back.</summary>
    NotUndoable = 5,

    /// <summary>The flag status_tags_enabled is off: nothing moves.</summary>
    StatusTagsDisabled = 6,

    /// <summary>The lock would have ended already.</summary>
    LockInThePast = 7,
}

/// <summary>What became of a person's act; answered after the commit.</summary>
/// <param name="Rows">Numbers of the ledger rows that it wrote, in order.</param>
/// <param name="MovedOn">Of a refusal as not the latest: the number of the customer's latest row.</param>
[GenerateSerializer, Immutable, Alias("lstep.act-result")]
public sealed record ActResult(
    [property: Id(0)] ActRefusal Refusal, [property: Id(1)] ImmutableArray<int> Rows, [property: Id(2)] int MovedOn = 0);
