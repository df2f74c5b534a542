using System.Globalization;

namespace LStep.Workbench.Processes;

/// <summary>How much memory a process held at its largest, as /proc tells it.</summary>
public static class ProcessMemory
{
    /// <summary>Null where the operating system does not tell.</summary>
    public static long? PeakBytes(int process)
    {
        var path = $"/proc/{process}/status";
        return File.Exists(path)
            && File.ReadLines(path).FirstOrDefault(one => one.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
            ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024
            : null;
    }
}
