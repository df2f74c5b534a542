using System.Globalization;

namespace LStep.Workbench.Bench;

/// <summary>
/// Processor time of a process and of all its descendants, those that have ended included, as /proc tells it. The time of a server
/// whose connections come and go is otherwise lost with each of them.
/// </summary>
public static class ProcessorTime
{
    /// <summary>Linux shows times in hundredths of a second, whatever its own clock's rate is.</summary>
    private const int TicksPerSecond = 100;

    private readonly record struct Stat(int Parent, long OwnTicks, long EndedTicks);

    /// <summary>Only Linux has /proc.</summary>
    public static bool IsKnown => File.Exists("/proc/self/stat");

    /// <exception cref="InvalidOperationException">There is no such process, or no /proc.</exception>
    public static TimeSpan OfTree(int process)
    {
        while (true)
        {
            var before = Required(process).EndedTicks;
            var stats = All();
            var ticks = Tree(process, stats, stats.ToLookup(each => each.Value.Parent, each => each.Key));
            // A child that ended meanwhile would be missing, or counted both as itself and as its parent's.
            if (Required(process).EndedTicks == before) return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
        }
    }

    public static int ParentOf(int process) => Required(process).Parent;

    public static IEnumerable<int> ChildrenOf(int process) => All().Where(each => each.Value.Parent == process).Select(each => each.Key);

    private static long Tree(int process, Dictionary<int, Stat> stats, ILookup<int, int> children) =>
        stats.TryGetValue(process, out var stat)
            ? stat.OwnTicks + stat.EndedTicks + children[process].Sum(child => Tree(child, stats, children)) : 0;

    private static Dictionary<int, Stat> All()
    {
        var stats = new Dictionary<int, Stat>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) && Read(process) is { } stat)
                stats[process] = stat;
        return stats;
    }

    private static Stat Required(int process) =>
        Read(process) ?? throw new InvalidOperationException($"/proc knows no process {process} on this machine");

    /// <summary>Null when there is no such process, or not any longer.</summary>
    private static Stat? Read(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            // The name of the program stands in brackets and may hold spaces; field 3 comes after it.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Stat(int.Parse(fields[1], CultureInfo.InvariantCulture), Ticks(11) + Ticks(12), Ticks(13) + Ticks(14));

            long Ticks(int field) => long.Parse(fields[field], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
