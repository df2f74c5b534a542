using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LStep.Domain.Measuring;

namespace LStep.Domain;

/// <summary>The message ids of one hour of receipt, as ascending 64-bit hashes.</summary>
public sealed record MessageHour(long Hour, ImmutableArray<ulong> Hashes);

/// <summary>The message ids received within 48 h, so that a repeat changes nothing. Hours since the Unix epoch, ascending.</summary>
/// <param name="UnlistedHour">The last hour in which an id found no room here, or 0: until it is 48 h old the log knows more than
/// this.</param>
public sealed record RecentMessages(ImmutableArray<MessageHour> Hours, long UnlistedHour = 0)
{
    public static RecentMessages Empty { get; } = new(ImmutableArray<MessageHour>.Empty);

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var hour in Hours) count += hour.Hashes.Length;
            return count;
        }
    }

    /// <summary>True while some id of the last 48 h may not be listed here: known ids must then be looked up in the log.</summary>
    public bool IsOverflowing(DateTimeOffset now) => UnlistedHour > 0 && IsKept(UnlistedHour, now);

    public bool Contains(ulong hash, DateTimeOffset now)
    {
        foreach (var hour in Hours)
            if (IsKept(hour.Hour, now) && hour.Hashes.AsSpan().BinarySearch(hash) >= 0)
                return true;
        return false;
    }

    /// <summary>Forgets what is older than 48 h and lists the new ids under the hour of now, as far as there is room.</summary>
    public RecentMessages With(IReadOnlyCollection<ulong> hashes, DateTimeOffset now)
    {
        var hours = ImmutableArray.CreateBuilder<MessageHour>(Hours.Length + 1);
        var room = Limits.RecentMessagesMax;
        foreach (var hour in Hours)
            if (IsKept(hour.Hour, now))
            {
                hours.Add(hour);
                room -= hour.Hashes.Length;
            }
        var (current, listed) = (HourOf(now), ImmutableArray<ulong>.Empty);
        // Behind a clock that ran back, the newest hour keeps the ids at least as long.
        if (hours.Count > 0 && hours[^1].Hour >= current)
        {
            (current, listed) = hours[^1];
            hours.RemoveAt(hours.Count - 1);
        }
        ulong[] added = [.. room >= hashes.Count ? hashes : hashes.Take(Math.Max(0, room))];
        Array.Sort(added);
        listed = Merged(listed, added);
        if (!listed.IsEmpty) hours.Add(new MessageHour(current, listed));
        var unlisted = hashes.Count > added.Length ? current : IsOverflowing(now) ? UnlistedHour : 0;
        return new RecentMessages(hours.DrainToImmutable(), unlisted);
    }

    // A merge, not a sort: the current hour of a busy customer holds hundreds.
    static ImmutableArray<ulong> Merged(ImmutableArray<ulong> listed, ReadOnlySpan<ulong> added)
    {
        if (added.IsEmpty) return listed;
        var merged = new ulong[listed.Length + added.Length];
        var (i, j) = (0, 0);
        for (var at = 0; at < merged.Length; at++)
            merged[at] = j == added.Length || (i < listed.Length && listed[i] < added[j]) ? listed[i++] : added[j++];
        return ImmutableCollectionsMarshal.AsImmutableArray(merged);
    }

    /// <summary>
    /// True when some id of the 48 h before a receipt may not be listed any more: whole hours are forgotten, so not before the next hour.
    /// </summary>
    public static bool HasForgottenSome(DateTimeOffset receivedAt, DateTimeOffset now) => HourOf(receivedAt) < HourOf(now);

    static long HourOf(DateTimeOffset instant) => Math.DivRem(instant.ToUnixTimeSeconds(), 3600, out var rest) - (rest < 0 ? 1 : 0);

    // An hour's last id is 48 h old one hour after its first: only then may the hour go.
    static bool IsKept(long hour, DateTimeOffset now) => HourOf(now) - hour <= Limits.RecentMessageHours;
}
