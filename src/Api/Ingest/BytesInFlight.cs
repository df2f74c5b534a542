namespace LStep.Api.Ingest;

/// <summary>The memory that all request bodies of this process share.</summary>
public sealed class BytesInFlight(long bytesMax)
{
    private long bytes;

    /// <exception cref="OverloadedException">There is no room now.</exception>
    public void Take(int count)
    {
        if (Interlocked.Add(ref bytes, count) <= bytesMax) return;
        Give(count);
        throw new OverloadedException($"request bodies take more than {bytesMax} bytes");
    }

    public void Give(int count) => Interlocked.Add(ref bytes, -count);
}
