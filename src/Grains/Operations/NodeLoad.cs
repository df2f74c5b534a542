using System.Text.Json;

namespace LStep.Grains.Operations;

/// <summary>How busy a process is, as it says itself with each beat.</summary>
/// <param name="FeedSeconds">Since when its live feed has not stood at the ledger's end.</param>
/// <param name="Customers">In its memory.</param>
/// <param name="MemoryBytes">Of the whole process.</param>
public sealed record NodeLoad(
    double FeedSeconds, int Customers, long MemoryBytes, IReadOnlyList<QueueDepth> Queues, MinutesOfLoad Minutes)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    internal string Write() => JsonSerializer.Serialize(this, Options);

    /// <summary>Null where another version wrote something else.</summary>
    internal static NodeLoad? Read(string? stored)
    {
        try
        {
            return stored is not null && JsonSerializer.Deserialize<NodeLoad>(stored, Options) is { Minutes.IsWhole: true } load
                ? load : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What waits somewhere, and where the bound is: past it callers are told to come again.</summary>
public sealed record QueueDepth(string Name, long Depth, long Max)
{
    public int Percent => (int)Math.Clamp(100 * Depth / Math.Max(1, Max), 0, 100);
}

/// <summary>The last hour, a figure a minute, the oldest first.</summary>
/// <param name="Refused">Requests of the ingest that were not taken.</param>
/// <param name="Fullest">Percent of its bound that the fullest queue had, at worst.</param>
/// <param name="Feed">Seconds that the live feed was behind, at worst.</param>
public sealed record MinutesOfLoad(int[] Accepted, int[] Duplicates, int[] Rejected, int[] Refused, int[] Fullest, int[] Feed)
{
    public static MinutesOfLoad None() => new(Row(), Row(), Row(), Row(), Row(), Row());

    internal bool IsWhole => Array.TrueForAll(
        [Accepted, Duplicates, Rejected, Refused, Fullest, Feed], row => row.Length == OperationsLimits.MinutesKept);

    internal void Add(int minute, in Throughput.Second second)
    {
        Accepted[minute] += second.Accepted;
        Duplicates[minute] += second.Duplicates;
        Rejected[minute] += second.Rejected;
        Refused[minute] += second.Refused;
        Fullest[minute] = Math.Max(Fullest[minute], second.Fullest);
        Feed[minute] = Math.Max(Feed[minute], second.Feed);
    }

    private static int[] Row() => new int[OperationsLimits.MinutesKept];
}
