using System.Collections.Immutable;

namespace LStep;

/// <param name="Store">A table.</param>
[GenerateSerializer, Immutable, Alias("lstep.removed-rows")]
public sealed record RemovedRows([property: Id(0)] string Store, [property: Id(1)] long Rows);

/// <param name="Store">A table.</param>
/// <param name="Why">A sentence: why the rows stay, and what was taken out of them.</param>
[GenerateSerializer, Immutable, Alias("lstep.kept-rows")]
public sealed record KeptRows([property: Id(0)] string Store, [property: Id(1)] long Rows, [property: Id(2)] string Why);

/// <summary>What an erasure came to, without anything of the person.</summary>
[GenerateSerializer, Immutable, Alias("lstep.erasure-receipt")]
public sealed record ErasureReceipt(
    [property: Id(0)] string ReceiptId, [property: Id(1)] DateTimeOffset ErasedAt, [property: Id(2)] ImmutableArray<RemovedRows> Removed,
    [property: Id(3)] ImmutableArray<KeptRows> Kept);
