using System.Collections.Concurrent;

namespace LStep.Api.Ingest;

/// <summary>
/// A bucket of events per key. A request is let in while the bucket is not empty and may leave it in debt, so that no batch is too large
/// for it.
/// </summary>
public sealed class RateLimit(int eventsPerSecond, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Bucket> buckets = new(StringComparer.Ordinal);

    /// <summary>Seconds to wait, at least 1; null when the events may come in.</summary>
    public int? Take(string keyId, int events)
    {
        var bucket = buckets.GetOrAdd(
            keyId, static (_, limit) => new Bucket(limit.Full, limit.Timestamp), (Full, Timestamp: clock.GetTimestamp()));
        lock (bucket)
        {
            var now = clock.GetTimestamp();
            var gained = clock.GetElapsedTime(bucket.At, now).TotalSeconds * eventsPerSecond;
            bucket.Left = Math.Min(Full, bucket.Left + Math.Max(0, gained));
            bucket.At = now;
            if (bucket.Left <= 0) return (int)Math.Max(1, Math.Ceiling(-bucket.Left / eventsPerSecond));
            bucket.Left -= events;
            return null;
        }
    }

    private double Full => 2.0 * eventsPerSecond;

    private sealed class Bucket(double left, long at)
    {
        public double Left = left;
        public long At = at;
    }
}
