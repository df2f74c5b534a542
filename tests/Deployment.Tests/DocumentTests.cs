using System.Text.RegularExpressions;
using LStep.Api.Http;
using LStep.Domain;

namespace LStep.Deployment.Tests;

/// <summary>What the page for operators names is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Page = Repository.Read("docs/operations.md");

    [Fact]
    public void Every_metric_it_names_is_one_the_product_sends()
    {
        var sources = string.Join('\n', Repository.Sources());
        var names = Metric().Matches(Page).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains($"\"{name}\"", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_it_names_is_read_and_every_one_a_deployment_sets_is_named()
    {
        var script = Repository.Read("lstep");
        var named = Variable().Matches(Page).Select(match => match.Value).ToHashSet();
        Assert.All(named.Where(name => name != "LSTEP_DB_PASSWORD"), name => Assert.True(
            ReadByTheProduct.Names.Contains(name) || script.Contains(name, StringComparison.Ordinal), name));
        Assert.Subset(named, Dockerfile.Variables.Keys.ToHashSet());
    }

    [Fact]
    public void Every_file_it_names_is_there() =>
        Assert.All(FileName().Matches(Page).Select(match => match.Groups[1].Value).Distinct(), path => Assert.True(
            Path.Exists(Repository.Path(path)), path));

    [GeneratedRegex(@"`(lstep\.[a-z_.]+)`")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\b(LSTEP|OTEL)_[A-Z_]+\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@"`((?:docker-compose[a-z.]*\.yml|\.env\.example|(?:sql|k8s|deploy)/[a-z/.-]+\.(?:sql|yaml|sh)))")]
    private static partial Regex FileName();
}
