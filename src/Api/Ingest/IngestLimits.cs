namespace LStep.Api.Ingest;

/// <summary>Bounds of what one request may bring; the unit is in the name.</summary>
public static class IngestLimits
{
    public const int EventsPerRequestMax = 2_500;
    public const int BodyBytesMax = 4 * 1024 * 1024;
    public const int EventBytesMax = 32 * 1024;
    public const int JsonDepthMax = 64;
    public const int AnonymousIdCharsMax = 128;

    /// <summary>A client's clock may run ahead by this much before its time is clamped.</summary>
    public const int AheadMinutesMax = 5;

    /// <summary>One record stands for at most this many page views, so that a day's sum stays an int.</summary>
    public const int PageViewsPerRecordMax = 1_000_000;

    /// <summary>A longer text is no date.</summary>
    public const int DateCharsMax = 64;

    /// <summary>Scores keep this many decimals, so that their sum is exact in any order.</summary>
    public const int ScoreDecimals = 4;
}
