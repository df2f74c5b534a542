using Microsoft.Extensions.Logging;

namespace LStep.Grains.Customers.Journaling;

/// <summary>Whether commits come through, by the last of them; the log is told.</summary>
internal sealed class JournalHealth(ILogger log)
{
    private const string NotCommitted = "Steps were not committed", Refused = "PostgreSQL refused a step, which nobody else's hangs on";

    private sealed record Failure(string Reason, long AtMs);

    private readonly TroubleLines troubles = new();
    private volatile Failure? last;

    /// <summary>A sentence while commits fail; null once one came through, or when none was tried for a while.</summary>
    public string? Trouble =>
        last is { } failure && Environment.TickCount64 - failure.AtMs < JournalLimits.TroubleSeconds * 1_000 ? failure.Reason : null;

    public void Committed()
    {
        last = null;
        troubles.Went(log, NotCommitted);
    }

    /// <param name="isContended">It says nothing of the next one.</param>
    public void Failed(StorageUnavailableException trouble, bool isContended)
    {
        if (!isContended) last = new Failure(trouble.Reason, Environment.TickCount64);
        troubles.Failed(log, NotCommitted, trouble);
    }

    public void RefusedStep(RefusedByDatabaseException trouble) => troubles.Failed(log, Refused, trouble);
}
