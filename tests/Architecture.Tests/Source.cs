using System.Text.RegularExpressions;

namespace LStep.Architecture.Tests;

/// <summary>A file of the sources.</summary>
/// <param name="Path">From the root of the checkout, with forward slashes.</param>
public sealed record Source(string Path, string Text)
{
    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>What is built, fetched or recorded is nobody's handwriting.</summary>
    private static readonly Regex Built = new(@"(^|/)(bin|obj|node_modules|wwwroot|dist|\.lstep|\.git|artifacts)(/|$)");

    /// <summary>All files under a folder with an extension such as ".cs".</summary>
    public static IReadOnlyList<Source> Under(string folder, string extension) =>
        [.. Files(Repository.Path(folder)).Where(path => path.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(path => new Source(System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path)))];

    /// <summary>The names of the folders directly in a folder.</summary>
    public static IReadOnlyList<string> FoldersIn(string folder) =>
        [.. Directory.EnumerateDirectories(Repository.Path(folder)).Select(path => System.IO.Path.GetFileName(path))
            .Where(name => !Built.IsMatch(name)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(inner => !Built.IsMatch(System.IO.Path.GetFileName(inner))).SelectMany(Files));
}
