namespace LStep.Deployment.Tests;

/// <summary>The files a deployment is made of, where they lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(string relative) => global::System.IO.Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(Path(relative));

    /// <summary>Texts of all C# files under src.</summary>
    public static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(global::System.IO.Path.Combine(folder.FullName, "LStep.sln"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("LStep.sln");
        return folder.FullName;
    }
}
