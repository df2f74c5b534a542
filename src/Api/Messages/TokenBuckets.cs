namespace LStep.Api.Messages;

/// <summary>
/// So many at once of each key and then so many a second. Of more keys than it remembers those that have recovered are forgotten, and
/// where none has, everybody begins anew.
/// </summary>
internal sealed class TokenBuckets<TKey>(int atOnceMax, double perSecond, int keysMax, TimeProvider clock) where TKey : notnull
{
    private readonly Dictionary<TKey, Bucket> buckets = [];

    /// <summary>Seconds to wait, at least 1; null when it may be done.</summary>
    public int? Take(TKey key)
    {
        lock (buckets)
        {
            var now = clock.GetTimestamp();
            if (!buckets.TryGetValue(key, out var bucket))
            {
                if (buckets.Count >= keysMax) MakeRoom(now);
                buckets[key] = bucket = new Bucket { Left = atOnceMax, At = now };
            }
            Recover(bucket, now);
            if (bucket.Left < 1) return (int)Math.Max(1, Math.Ceiling((1 - bucket.Left) / perSecond));
            bucket.Left--;
            return null;
        }
    }

    private void MakeRoom(long now)
    {
        foreach (var (key, bucket) in buckets)
        {
            Recover(bucket, now);
            if (bucket.Left >= atOnceMax) buckets.Remove(key);
        }
        if (buckets.Count >= keysMax) buckets.Clear();
    }

    private void Recover(Bucket bucket, long now)
    {
        bucket.Left = Math.Min(atOnceMax, bucket.Left + (clock.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
        bucket.At = now;
    }

    private sealed class Bucket
    {
        public double Left;
        public long At;
    }
}
