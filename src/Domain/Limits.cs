namespace LStep.Domain;

/// <summary>Bounds of one customer's state; the unit is in the name.</summary>
public static class Limits
{
    public const int CustomerIdCharsMax = 128;
    public const int MessageIdCharsMax = 100;
    public const int TraitsPerCustomerMax = 300;

    /// <summary>
    /// Traits ever written, removed ones among them: a removal is remembered so that a late, older write stays without effect.
    /// </summary>
    public const int TraitStampsMax = 1_200;

    public const int FeaturesPerDayMax = 1_000;
    public const int WindowDays = 30;
    public const int RecentMessageHours = 48;
    public const int RecentMessagesMax = 4_096;
    public const int SessionGapMinutes = 30;
}
