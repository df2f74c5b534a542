using LStep.Grains.Database;
using Npgsql;
using Orleans.Runtime;

namespace LStep.Grains;

/// <summary>
/// The one place that tells trouble which passes (PostgreSQL away, another silo gone, a queue full) from a fault of ours. Whoever
/// meets it may try again: what was done the first time is known by its message id and not done twice.
/// </summary>
public static class TransientFailure
{
    public const string Overloaded = "overloaded";
    public const string StorageUnavailable = "storage_unavailable";
    public const string SiloUnavailable = "silo_unavailable";
    public const string TooSlow = "too_slow";

    public static bool Is(Exception trouble) => CodeOf(trouble) is not null;

    /// <summary>snake_case, as the API names it; null for a fault of ours.</summary>
    public static string? CodeOf(Exception trouble) => trouble switch
    {
        OverloadedException or LimitExceededException or TimeoutException => Overloaded,
        TooSlowException => TooSlow,
        StorageUnavailableException => StorageUnavailable,
        NpgsqlException when OutsideFailure.Is(trouble) => StorageUnavailable,
        // Everything else an engine throws by itself is about silos: gone, leaving, unreachable, rejecting a message that
        // went to the wrong one. Orleans has several kinds of it, all of this base.
        OrleansException => SiloUnavailable,
        // Given up by somebody on the way, not by the caller: an activation that its silo's end cut short.
        OperationCanceledException => SiloUnavailable,
        AggregateException { InnerExceptions: { Count: > 0 } inner } => inner.All(Is) ? CodeOf(inner[0]) : null,
        _ => null,
    };
}
