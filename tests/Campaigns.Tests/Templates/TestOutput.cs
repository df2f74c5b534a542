namespace LStep.Campaigns.Tests.Templates;

/// <summary>Where tests leave what somebody should look at: artifacts/mails of the checkout.</summary>
internal static class TestOutput
{
    /// <summary>Of the checkout.</summary>
    public static string Root { get; } = Found();

    public static string Folder { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "mails")).FullName;

    private static string Found()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LStep.sln")))
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!;
        return folder;
    }
}
