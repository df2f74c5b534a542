namespace LStep.Grains.Customers.Journaling;

/// <summary>Whether commits come through, by the last of them.</summary>
internal sealed class JournalHealth
{
    private sealed record Failure(string Reason, long AtMs);

    private volatile Failure? last;

    /// <summary>A sentence while commits fail; null once one came through, or when none was tried for a while.</summary>
    public string? Trouble =>
        last is { } failure && Environment.TickCount64 - failure.AtMs < JournalLimits.TroubleSeconds * 1_000 ? failure.Reason : null;

    public void Committed() => last = null;

    public void Failed(StorageUnavailableException trouble) => last = new Failure(trouble.Reason, Environment.TickCount64);
}
