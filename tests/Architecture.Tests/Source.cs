using System.Text.RegularExpressions;

namespace LStep.Architecture.Tests;

/// <summary>A file of the sources.</summary>
/// <param name="Path">From the root of the checkout, with forward slashes.</param>
public sealed record Source(string Path, string Text)
{
    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>What is built, fetched or recorded is nobody's handwriting.</summary>
    private static readonly Regex Built = new(@"(^|/)(bin|obj|node_modules|wwwroot|dist|\.lstep|\.git|artifacts)(/|$)");

    public static string Root { get; } = FindRoot();

    /// <summary>All files under a folder with an extension such as ".cs".</summary>
    public static IReadOnlyList<Source> Under(string folder, string extension) =>
        [.. Files(System.IO.Path.Combine(Root, folder)).Where(path => path.EndsWith(extension, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(path => new Source(System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)))];

    /// <summary>The names of the folders directly in a folder.</summary>
    public static IReadOnlyList<string> FoldersIn(string folder) =>
        [.. Directory.EnumerateDirectories(System.IO.Path.Combine(Root, folder)).Select(path => System.IO.Path.GetFileName(path))
            .Where(name => !Built.IsMatch(name)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(inner => !Built.IsMatch(System.IO.Path.GetFileName(inner))).SelectMany(Files));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "LStep.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("LStep.sln is in no folder above the built tests.");
        return folder.FullName;
    }
}
