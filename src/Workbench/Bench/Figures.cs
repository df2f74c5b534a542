using System.Reflection;
using System.Runtime.InteropServices;
using LStep.Silo;
using Orleans;
using Spectre.Console;

namespace LStep.Workbench.Bench;

/// <summary>Tables of what was measured, and on what.</summary>
internal static class Figures
{
    /// <summary>Of the package; the assemblies' own version stands still.</summary>
    private static string OrleansVersion =>
        typeof(IGrainFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split(' ', '+')[0]
            .TrimEnd('.');

    /// <summary>Without them no figure means anything.</summary>
    public static IEnumerable<(string, string)> Conditions(Version postgreSql, string whose) =>
    [
        ("on", $"{MachineClock.Instance.GetUtcNow():yyyy-MM-dd HH:mm}Z"),
        ("processors", $"{Environment.ProcessorCount}"),
        ("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1L << 30)} GB"),
        (".NET", RuntimeInformation.FrameworkDescription),
        ("Orleans", OrleansVersion),
        ("PostgreSQL", $"{postgreSql}, on the same machine{whose}; fsync and synchronous_commit on"),
    ];

    public static void Write(IEnumerable<(string What, string Figure)> figures)
    {
        var table = new Table().HideHeaders().AddColumns("what", "figure");
        table.Columns[1].RightAligned();
        foreach (var (what, figure) in figures) table.AddRow(Markup.Escape(what), Markup.Escape(figure));
        AnsiConsole.Write(table);
    }
}
