namespace LStep.Grains.Xapi;

/// <summary>Bounds of what is kept for players; the unit is in the name.</summary>
public static class XapiLimits
{
    /// <summary>A statement that is not recorded after so long never will be by the request that brought it.</summary>
    public static TimeSpan UnderWayMax { get; } = TimeSpan.FromMinutes(2);

    /// <summary>That are read to tell what an activity is.</summary>
    public const int StatementsPerActivityMax = 20;

    public const int DocumentBytesMax = 256 * 1024;

    /// <summary>Of one agent and activity, or of one activity, or of one agent.</summary>
    public const int DocumentsPerPlaceMax = 1_000;

    public const int DocumentIdCharsMax = 300;
}
