namespace LStep.Api.Ingest;

/// <summary>
/// Numbers requests in the order in which they were taken. The log keeps the number with each activity, so that those of equal receipt
/// times still have an order. It begins at the receipt's millisecond: what a process takes after its restart, or a second one, comes later
/// too.
/// </summary>
public sealed class RequestNumbers
{
    /// <summary>
    /// Room for 16,384 requests a millisecond before numbers run ahead of the clock; what is left of 64 bits lasts until the year 9999.
    /// </summary>
    private const int BitsPerMillisecond = 14;

    private long last = long.MinValue;

    /// <summary>Greater than every one before, also where the clock stands or ran back.</summary>
    public long Next(DateTimeOffset receivedAt)
    {
        while (true)
        {
            var before = Volatile.Read(ref last);
            var next = Math.Max(before + 1, receivedAt.ToUnixTimeMilliseconds() << BitsPerMillisecond);
            if (Interlocked.CompareExchange(ref last, next, before) == before) return next;
        }
    }
}
