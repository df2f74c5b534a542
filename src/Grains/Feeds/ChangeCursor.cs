namespace LStep.Grains.Feeds;

/// <summary>
/// How far changes have been read. Their numbers are drawn before the commit, so a smaller one may come into sight later: the last few are
/// read again.
/// </summary>
internal sealed class ChangeCursor
{
    private const int ReadAgain = 200;

    private readonly HashSet<long> seen = [];
    private long cursor;

    /// <summary>Changes above it are to be read.</summary>
    public long From => Math.Max(0, cursor - ReadAgain);

    public void Begin(long end) => cursor = end;

    /// <summary>Whether it was not seen before.</summary>
    public bool IsNew(long change)
    {
        if (!seen.Add(change)) return false;
        if (change > cursor)
        {
            cursor = change;
            seen.RemoveWhere(old => old < From);
        }
        return true;
    }
}
