using System.IO.MemoryMappedFiles;

namespace LStep.Workbench.Faults;

/// <summary>
/// A clock that is wrong by what a file says: its first eight bytes are the ticks it is ahead. Who writes there steps the clock
/// of the process that reads, as a correction of the machine's time would; timers go on as they were. Only the fault harness does.
/// </summary>
public sealed class SkewedClock : TimeProvider, IDisposable
{
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
