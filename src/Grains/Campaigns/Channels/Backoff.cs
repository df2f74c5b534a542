namespace LStep.Grains.Campaigns.Channels;

/// <summary>When a message is tried again, and when it is given up.</summary>
public static class Backoff
{
    public const int TriesMax = 8;

    /// <summary>From the first try; LINE forgets a retry key after as long.</summary>
    public static TimeSpan AgeMax { get; } = TimeSpan.FromHours(24);

    /// <summary>Of our own waits; a receiver may ask for longer ones.</summary>
    public static TimeSpan WaitMax { get; } = TimeSpan.FromHours(1);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);

    private const double Factor = 4;

    /// <summary>
    /// Null when it has been tried long enough. Waits grow fourfold from 15 s to an hour, and half of each is drawn by lot, so that what
    /// failed together does not come back together.
    /// </summary>
    /// <param name="tries">So far, at least 1.</param>
    /// <param name="age">Since the first try.</param>
    /// <param name="after">The least wait, where the receiver said one.</param>
    /// <param name="lot">From 0 to 1.</param>
    public static TimeSpan? Wait(int tries, TimeSpan age, TimeSpan? after, double lot)
    {
        if (tries >= TriesMax) return null;
        var whole = Math.Min(First.TotalSeconds * Math.Pow(Factor, Math.Max(0, tries - 1)), WaitMax.TotalSeconds);
        var wait = TimeSpan.FromSeconds(whole / 2 * (1 + Math.Clamp(lot, 0, 1)));
        if (after > wait) wait = after.Value;
        return age + wait > AgeMax ? null : wait;
    }
}
