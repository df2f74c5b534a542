namespace LStep.Domain;

/// <summary>Bounds of one customer's state; the unit is in the name.</summary>
public static class Limits
{
    public const int CustomerIdCharsMax = 128;
    public const int MessageIdCharsMax = 100;

    /// <summary>What an email has at most, and what an index of PostgreSQL takes in any script. A longer one stays in traits.</summary>
    public const int EmailCharsMax = 320;

    public const int NameCharsMax = 256;
    public const int TimezoneCharsMax = 64;
    public const int LocaleCharsMax = 64;

    public const int TraitsPerCustomerMax = 300;
    public const int TraitNameCharsMax = 128;

    /// <summary>Names and values of all free traits together, in UTF-8.</summary>
    public const int TraitBytesMax = 128 * 1024;

    /// <summary>
    /// Traits ever written, removed ones among them: a removal is remembered so that a late, older write stays without effect.
    /// </summary>
    public const int TraitStampsMax = 1_200;

    /// <summary>Names and message ids of all stamps together, in UTF-8.</summary>
    public const int TraitStampBytesMax = 128 * 1024;

    public const int FeaturesPerDayMax = 1_000;
    public const int LessonsPerDayMax = 1_000;
    public const int ModulesPerCustomerMax = 1_000;
    public const int WindowDays = 30;
    public const int RecentMessageHours = 48;
    public const int RecentMessagesMax = 512;
    public const int SessionGapMinutes = 30;

    /// <summary>Scores keep this many decimals, so that their sum is exact in any order.</summary>
    public const int ScoreDecimals = 4;

    /// <summary>What the two rows of a customer hold at most: it follows from the bounds above, and a test fills every one.</summary>
    public const int CustomerRowBytesMax = 1024 * 1024;
}
