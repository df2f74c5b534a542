using System.Text.RegularExpressions;
using LStep.Api.Http;

namespace LStep.Architecture.Tests;

/// <summary>The page on architecture names only what is there.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly Source Page = Assert.Single(Source.Under(".", ".md"), file => file.Path == "ARCHITECTURE.md");

    [Fact]
    public void Every_file_and_folder_it_names_exists()
    {
        var named = Named().Matches(Page.Text).Select(match => match.Groups["path"].Value.TrimEnd('/')).Distinct().ToList();
        Assert.True(named.Count > 20);
        Assert.DoesNotContain(
            named, path => !Pattern(path) && !File.Exists(Repository.Path(path)) && !Directory.Exists(Repository.Path(path)));
    }

    [Fact]
    public void Every_type_it_names_exists()
    {
        var types = Product.Floors.SelectMany(assembly => assembly.GetTypes()).Select(type => type.Name.Split('`')[0]).ToHashSet();
        var named = TypeName().Matches(Page.Text).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.True(named.Count > 5);
        Assert.Empty(named.Except(types).Except(OfOrleans).Except(["PathOfOneEvent", "AuthorizationTable"]));
    }

    [Fact]
    public void Every_room_of_the_grains_is_on_it() =>
        Assert.All(Source.FoldersIn("src/Grains"), room => Assert.Contains($"src/Grains/{room}`", Page.Text, StringComparison.Ordinal));

    /// <summary>X stands for any subject.</summary>
    private static bool Pattern(string path) => path.Split('/').Any(part => part is "X" or "x");

    /// <summary>Of Orleans, whose names the page explains.</summary>
    private static readonly string[] OfOrleans = ["TimeProviderNames", "MaxEnqueuedRequestsHardLimit", "DelayDeactivation"];

    [GeneratedRegex(@"[`(](?<path>(src|sql|tests|docs)/[\w./-]*\w)[`)/]")]
    private static partial Regex Named();

    [GeneratedRegex(@"`(?<name>[A-Z][a-z]+[A-Z]\w+)`")]
    private static partial Regex TypeName();
}
