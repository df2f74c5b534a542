namespace LStep.Grains.Events;

/// <summary>Bounds of the event catalogue; the unit is in the name. Names are whatever strangers send.</summary>
public static class EventLimits
{
    /// <summary>A longer name is known by its first characters.</summary>
    public const int NameCharsMax = 100;

    /// <summary>
    /// Of an installation; what comes then is counted together. Several silos that count at the same moment may pass it by what one of them
    /// brings.
    /// </summary>
    public const int NamesMax = 5_000;

    /// <summary>Names between two writes, of one silo.</summary>
    public const int NamesCountedMax = 5_000;

    /// <summary>From one write of the counts and reading of the decisions to the next.</summary>
    public const int SecondsBetweenRounds = 2;

    /// <summary>A name that nobody decided about and nobody sent for so long makes room when there is none.</summary>
    public const int DaysUnseenMax = 30;
}
