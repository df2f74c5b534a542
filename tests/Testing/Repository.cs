namespace LStep.Testing;

/// <summary>The files of the repository that the tests were built in.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Path(relative));

    /// <summary>Texts of all C# files under src, or under one of its folders.</summary>
    public static IEnumerable<string> Sources(string folder = "") =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Root, "src", folder), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "LStep.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("There is no LStep.sln above the tests.");
        return folder.FullName;
    }
}
