using Spectre.Console;

namespace LStep.Silo.Bench;

/// <summary>A table of what was measured.</summary>
internal static class Figures
{
    public static void Write(IEnumerable<(string What, string Figure)> figures)
    {
        var table = new Table().HideHeaders().AddColumns("what", "figure");
        table.Columns[1].RightAligned();
        foreach (var (what, figure) in figures) table.AddRow(Markup.Escape(what), Markup.Escape(figure));
        AnsiConsole.Write(table);
    }
}
