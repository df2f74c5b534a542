namespace LStep.Grains.Privacy;

/// <summary>Bounds of what is done for the data of one person; the unit is in the name.</summary>
public static class PrivacyLimits
{
    /// <summary>Of a statement of an erasure.</summary>
    public const int ErasureSecondsMax = 600;

    /// <summary>Of a person's anonymous ids, those that bodies of refused events are searched for.</summary>
    public const int AnonymousIdsSearchedMax = 100;

    /// <summary>Ids of refused events that may have been drawn and not yet committed at one moment.</summary>
    public const long RejectedIdsUnderWayMax = 50_000;

    /// <summary>Exports that run at once in a process; one more is told to come again.</summary>
    public const int ExportsMax = 2;

    public const int ExportBytesPerFlush = 64 * 1024;
}
