namespace LStep.Grains.Feeds;

/// <summary>
/// The latest entries of a numbered stream, shared by all who follow it: each reads on from the number it has seen last, at its
/// own pace. Nobody's slowness costs the others time or memory; who falls off the end is told so. Safe for many threads.
/// </summary>
public sealed class Ring<T>(int capacity, long start, Func<T, long> number)
{
    private readonly T[] items = new T[capacity];
    private readonly Lock guard = new();
    private long count; // appended ever; item i lives at i % capacity
    private long floor = start;
    private long end = start;

    /// <summary>The last number appended.</summary>
    public long End => Volatile.Read(ref end);

    /// <summary>Numbers ascend, with holes allowed.</summary>
    public void Append(IReadOnlyList<T> more)
    {
        lock (guard)
        {
            foreach (var item in more)
            {
                var place = count % capacity;
                if (count >= capacity) floor = number(items[place]);
                items[place] = item;
                count++;
                end = number(item);
            }
        }
    }

    /// <summary>Adds the entries after a number to a page of at most a size; false when some of them are gone already.</summary>
    public bool TryRead(long after, List<T> page, int pageMax)
    {
        lock (guard)
        {
            if (after < floor) return false;
            for (var i = FirstAfter(after); i < count && page.Count < pageMax; i++) page.Add(items[i % capacity]);
            return true;
        }
    }

    /// <summary>Puts other entries in the place of those there are; numbers stay.</summary>
    public void Replace(Func<T, T> other)
    {
        lock (guard)
            for (var i = Math.Max(0, count - capacity); i < count; i++) items[i % capacity] = other(items[i % capacity]);
    }

    private long FirstAfter(long after)
    {
        var low = Math.Max(0, count - capacity);
        var high = count;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (number(items[middle % capacity]) <= after) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
