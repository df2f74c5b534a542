using System.Text.RegularExpressions;

namespace LStep.Architecture.Tests;

/// <summary>What keeps the code readable and no analyzer checks; the checks are checked too.</summary>
public sealed partial class TidyTests
{
    private const int LinesPerFileMax = 300;
    private const int CharactersPerLineMax = 140;
    private const string RawMark = "\"\"\"";

    [Fact]
    public void No_file_has_become_two_things() =>
        Assert.Empty(
            Written.Where(file => Lines(file).Length > LinesPerFileMax).Select(file => $"{file.Path}: {Lines(file).Length} lines"));

    [Fact]
    public void Every_line_can_be_seen_whole() =>
        Assert.Empty(Written.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(LongLines));

    [Fact]
    public void Nothing_is_marked_unfinished() =>
        Assert.Empty(Written.Where(file => Unfinished().IsMatch(file.Text)).Select(file => file.Path));

    [Fact]
    public void No_test_sleeps() =>
        Assert.Empty(Written.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal) && Sleep().IsMatch(file.Text)).Select(
            file => file.Path));

    [Fact]
    public void The_checks_find_what_they_look_for()
    {
        Assert.Equal(["a.cs:2"], LongLines(new Source("a.cs", $"{new string('x', 140)}\n{new string('x', 141)}")));
        Assert.Matches(Unfinished(), "// TO" + "DO: later");
        Assert.Matches(Sleep(), "Thread.Sle" + "ep(1)");
        Assert.Contains(Written, file => file.Path == "src/Domain/Lifecycle.cs");
        Assert.Contains(Written, file => file.Path.EndsWith(".tsx", StringComparison.Ordinal));
    }

    /// <summary>By people; the shapes of the API are generated from its document.</summary>
    private static IReadOnlyList<Source> Written { get; } =
        [.. new[] { ".cs", ".ts", ".tsx" }.SelectMany(kind => Source.Under("src", kind).Concat(Source.Under("tests", kind)))
            .Where(file => !file.Path.EndsWith("/schema.d.ts", StringComparison.Ordinal))];

    private static string[] Lines(Source file) => file.Text.TrimEnd('\n').Split('\n');

    /// <summary>A raw text is data, which nobody may break.</summary>
    private static IEnumerable<string> LongLines(Source file)
    {
        var raw = false;
        foreach (var (index, line) in Lines(file).Index())
        {
            var marks = line.Split(RawMark).Length - 1;
            if (line.Length > CharactersPerLineMax && !raw && marks == 0) yield return $"{file.Path}:{index + 1}";
            raw ^= marks % 2 == 1;
        }
    }

    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HA[C]K)\b|NotImplemented[E]xception")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"Thread\.Sleep[(]")]
    private static partial Regex Sleep();
}
