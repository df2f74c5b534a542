using System.IO.Compression;
using System.Text.RegularExpressions;
using LStep.Silo;

namespace LStep.System.Tests.Http;

/// <summary>A test of the built dashboard, skipped where it was not built.</summary>
public sealed class BuiltDashboardFactAttribute : FactAttribute
{
    public BuiltDashboardFactAttribute()
    {
        if (WebRoot.Find() is null) Skip = "the dashboard is not built; ./lstep test builds it";
    }
}

public sealed partial class DashboardBundleTests
{
    private const long BytesMax = 400_000;

    private static readonly Lazy<Dictionary<string, string>> Files = new(() =>
        Directory.EnumerateFiles(Path.Combine(WebRoot.Find()!, "assets")).Where(path => path.EndsWith(".js") || path.EndsWith(".css"))
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText));

    private static string Charts => Assert.Single(Files.Value.Keys, name => name.StartsWith("engine-", StringComparison.Ordinal));

    [BuiltDashboardFact]
    public void Scripts_and_styles_of_all_pages_without_the_charts_are_under_400_KB_gzipped()
    {
        var bytes = Files.Value.Where(file => file.Key != Charts).ToDictionary(file => file.Key, file => Gzipped(file.Value));

        Assert.True(bytes.Count > 20, "the files of the dashboard are not where they are looked for");
        Assert.InRange(bytes.Values.Sum(), 1, BytesMax);
    }

    [BuiltDashboardFact]
    public void Charts_are_fetched_by_no_page_before_it_draws_one()
    {
        Assert.True(Gzipped(Files.Value[Charts]) > 100_000, $"{Charts} does not hold the charts");
        var page = File.ReadAllText(Path.Combine(WebRoot.Find()!, "index.html"));
        Assert.DoesNotContain(Charts, page, StringComparison.Ordinal);
        foreach (var text in Files.Value.Values)
            Assert.DoesNotContain(Charts, StaticImport().Matches(text).Select(import => import.Groups[1].Value));
    }

    private static long Gzipped(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(global::System.Text.Encoding.UTF8.GetBytes(text));
        return packed.Length;
    }

    /// <summary>import … from"./name.js", or import"./name.js"; what is in brackets is fetched on demand.</summary>
    [GeneratedRegex("""(?:from|import)\s*["']\./([^"']+)["']""")]
    private static partial Regex StaticImport();
}
