namespace LStep.Campaigns.Tests.Templates;

/// <summary>Where tests leave what somebody should look at: artifacts/mails of the checkout.</summary>
internal static class TestOutput
{
    public static string Folder { get; } = Made();

    private static string Made()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "LStep.sln"))) root = Path.GetDirectoryName(root.TrimEnd(Path.DirectorySeparatorChar))!;
        return Directory.CreateDirectory(Path.Combine(root, "artifacts", "mails")).FullName;
    }
}
