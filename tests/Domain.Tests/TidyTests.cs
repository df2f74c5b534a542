using System.Text.RegularExpressions;

namespace LStep.Domain.Tests;

/// <summary>What keeps the code readable, said once and checked always; the checks are checked too.</summary>
public sealed partial class TidyTests
{
    private const int LinesPerFileMax = 300;
    private const int LinesPerFunctionMax = 70;

    [Fact]
    public void No_file_has_become_two_things() =>
        Assert.Empty(Sources().Where(file => file.Lines.Length > LinesPerFileMax).Select(file => $"{file.Path}: {file.Lines.Length} lines"));

    [Fact]
    public void Every_function_can_be_read_aloud() =>
        Assert.Empty(Sources().Where(file => file.Path.EndsWith(".cs")).SelectMany(file => LongFunctions(file.Lines).Select(line => $"{file.Path}:{line}")));

    [Fact]
    public void Nothing_is_marked_unfinished() =>
        Assert.DoesNotContain(
            Sources().Where(file => !file.Path.EndsWith("TidyTests.cs")).SelectMany(file => file.Lines.Select((line, at) => (file.Path, Line: at + 1, Text: line))),
            place => Unfinished().IsMatch(place.Text));

    [Fact]
    public void No_test_sleeps() =>
        Assert.Empty(Sources().Where(file => file.Path.StartsWith("tests/") && !file.Path.EndsWith("TidyTests.cs"))
            .Where(file => file.Lines.Any(line => line.Contains("Thread.Sleep("))).Select(file => file.Path));

    [Fact]
    public void The_checks_find_what_they_look_for()
    {
        string[] longOne = ["class C", "{", "    void Long()", "    {", .. Enumerable.Repeat("        x++;", LinesPerFunctionMax + 1), "    }", "}"];
        string[] shortOne = ["class C", "{", "    void Short()", "    {", .. Enumerable.Repeat("        x++;", LinesPerFunctionMax - 1), "    }", "}"];

        Assert.Equal([3], LongFunctions(longOne));
        Assert.Empty(LongFunctions(shortOne));
        Assert.Matches(Unfinished(), "// TO" + "DO: later");
        Assert.Contains(Sources(), file => file.Path == "src/Domain/Lifecycle.cs");
    }

    /// <summary>Line numbers of members whose braces are further apart than a reader's breath. Members are indented, and so are their braces.</summary>
    private static IEnumerable<int> LongFunctions(string[] lines)
    {
        for (var at = 1; at < lines.Length; at++)
        {
            if (lines[at].Trim() != "{" || !lines[at - 1].TrimEnd().EndsWith(')') || !lines[at].StartsWith("    ")) continue;
            var close = lines[at].Replace('{', '}');
            var end = Array.FindIndex(lines, at, line => line.StartsWith(close));
            if (end - at - 1 > LinesPerFunctionMax) yield return at;
        }
    }

    private static IEnumerable<(string Path, string[] Lines)> Sources()
    {
        return new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "*", SearchOption.AllDirectories))
            .Select(path => (Full: path, Path: Path.GetRelativePath(Repository.Root, path)))
            .Where(file => Source().IsMatch(file.Path) && !Built().IsMatch(file.Path))
            .Select(file => (file.Path, File.ReadAllLines(file.Full)));
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\.(cs|ts|tsx)$")]
    private static partial Regex Source();

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|wwwroot)/")]
    private static partial Regex Built();
}
