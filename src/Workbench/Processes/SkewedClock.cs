using System.IO.MemoryMappedFiles;

namespace LStep.Workbench.Processes;

/// <summary>
/// A clock that is wrong by what a file says: its first eight bytes are the ticks it is ahead. Who writes there steps the clock
/// of the process that reads, as a correction of the machine's time would; timers go on as they were. Only the fault harness does.
/// </summary>
public sealed class SkewedClock : TimeProvider, IDisposable
{
    /// <summary>The environment variable by which a silo process of the workbench is told its file.</summary>
    public const string Variable = "LSTEP_CLOCK_SKEW";

    private readonly TimeProvider right;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor ticks;

    public SkewedClock(TimeProvider right, string path)
    {
        this.right = right;
        file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, mapName: null, capacity: sizeof(long));
        ticks = file.CreateViewAccessor(0, sizeof(long));
    }

    public TimeSpan Ahead
    {
        get => new(ticks.ReadInt64(0));
        set => ticks.Write(0, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Ahead;

    public void Dispose()
    {
        ticks.Dispose();
        file.Dispose();
    }
}
