namespace LStep.Grains.Time.Figures;

/// <summary>Bounds of bringing figures up to date; the unit is in the name.</summary>
internal static class FiguresLimits
{
    /// <summary>Entries of the log, ledger rows and due customers that one transaction takes in.</summary>
    public const int PortionMax = 200_000;

    public const int CustomersPerStatementMax = 1_000;

    /// <summary>Of the pass, in one transaction of the worker; readers wait for it no longer than their time.</summary>
    public const int PagesPerPortionMax = 8;

    /// <summary>A reader takes in no more than this; where more waits it reads the figures as they are.</summary>
    public const int ReaderWaitingMax = 2_000;
    public const int ReaderMsMax = 100;
    public const int ReaderPauseMs = 10;

    /// <summary>
    /// The longer the worker waits, the fewer figures it makes more than once. They may trail by 60 s: the rest is for the round itself.
    /// </summary>
    public const int FollowEverySeconds = 40;

    /// <summary>
    /// Of the pause between two rounds that follow the log, to the time that the first took: as long as the pause is not cut to
    /// <see cref="PauseSecondsMax"/>, following takes a tenth of the time at most.
    /// </summary>
    public const int PauseToWork = 9;
    public const int PauseSecondsMax = 240;
}
