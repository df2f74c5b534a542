namespace LStep.Grains.Feeds;

/// <summary>Bounds of the live feed; the unit is in the name.</summary>
public static class FeedLimits
{
    /// <summary>How long another node's transition may go unseen.</summary>
    public const int PollMs = 150;

    /// <summary>Local commits that follow each other within this time are read together.</summary>
    public const int GatherMs = 15;

    public const int LedgerRowsPerReadMax = 1_000;

    /// <summary>How far a subscriber may fall behind before it is told of a gap.</summary>
    public const int TransitionsKeptMax = 8_192;

    /// <summary>Reviews, batches and actions are news of a current state: who falls behind them misses the older ones.</summary>
    public const int NewsKeptMax = 512;

    public const int NewsPollMs = 1_000;
    public const int CountsEveryMsMin = 1_000;

    /// <summary>Erased customers leave no ledger row, so the counts are taken afresh now and then.</summary>
    public const int RecountMinutes = 5;

    public const int ErasedPollSeconds = 2;

    public const int RetryAfterFailureMs = 1_000;
}
