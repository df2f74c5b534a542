using System.Text.RegularExpressions;
using LStep.Grains.Database;

namespace LStep.Architecture.Tests;

/// <summary>The page on a distributed PostgreSQL has every table and every statement of the hot path, and none that is not there.</summary>
public sealed partial class ScalingPageTests
{
    /// <summary>Files and folders whose queries a message meets on its way in, through its commit, and out of the house again.</summary>
    private static readonly string[] HotPath =
    [
        "src/Grains/Customers/CustomerStore.cs", "src/Grains/Customers/Journaling/", "src/Grains/Ingest/", "src/Grains/Feeds/",
        "src/Grains/Time/Checks.cs", "src/Grains/Time/Daily/", "src/Grains/Campaigns/Planning/", "src/Grains/Campaigns/Sending/",
    ];

    private static readonly string[] Places = ["one shard", "fan-out", "coordinator"];

    private static readonly Source Page = Assert.Single(Source.Under("docs", ".md"), file => file.Path == "docs/scaling.md");

    [Fact]
    public void Every_statement_of_the_hot_path_is_on_it_with_the_place_where_it_would_run()
    {
        var listed = Statements().ToDictionary(row => row.Query, row => row.Where);
        var hot = Hot();
        Assert.True(hot.Count > 60, $"only {hot.Count} statements were found in the sources");
        Assert.Contains("commit_ledger", hot);
        Assert.Empty(hot.Except(listed.Keys).Select(query => $"docs/scaling.md does not say where {query} would run"));
        Assert.Empty(listed.Keys.Except(hot).Select(query => $"docs/scaling.md lists {query}, which is not of the hot path any more"));
        Assert.All(listed.Values, where => Assert.Contains(where, Places));
    }

    [Fact]
    public void A_statement_that_is_to_run_on_one_shard_names_one_customer_and_one_of_the_coordinator_no_distributed_table()
    {
        var distributed = Distributed();
        foreach (var (query, where) in Statements())
        {
            var text = Sql.Query(query);
            if (where == "one shard") Assert.Matches(@"customer_id = \$1\b", text);
            if (where == "coordinator")
                Assert.DoesNotContain(distributed, table => Regex.IsMatch(text, $@"\b(FROM|JOIN|INTO|UPDATE|USING) {table}\b"));
            if (where == "fan-out") Assert.Contains(distributed, table => Regex.IsMatch(text, $@"\b{table}\b"));
        }
    }

    [Fact]
    public void Every_table_of_the_migrations_is_in_one_of_its_lists()
    {
        var migrations = string.Join('\n', Source.Under("sql/migrations", ".up.sql").Select(file => file.Text));
        var dropped = Dropped().Matches(migrations).SelectMany(drop => drop.Groups["tables"].Value.Split(", ")).ToList();
        var tables = Created().Matches(migrations).Select(create => create.Groups["table"].Value).Except(dropped).ToList();
        Assert.True(tables.Count > 70, $"only {tables.Count} tables were found in the migrations");
        var listed = Rows(Section("Tables")).ToList();
        Assert.Equal(tables.Order(), listed.Order());
    }

    private static HashSet<string> Hot() =>
    [
        .. Source.Under("src/Grains", ".cs").Where(file => HotPath.Any(path => file.Path.StartsWith(path, StringComparison.Ordinal)))
            .SelectMany(file => Literal().Matches(file.Text)).Select(literal => literal.Groups["text"].Value)
            .Where(Sql.QueryNames.Contains),
    ];

    private static IEnumerable<(string Query, string Where)> Statements() => Listed().Matches(Section("Statements of the hot path"))
        .Select(row => (row.Groups["query"].Value, row.Groups["where"].Value));

    private static List<string> Distributed() => [.. Rows(Section("Tables").Split("**Reference tables**")[0])];

    private static string Section(string name) => Page.Text.Split($"\n## {name}\n")[1].Split("\n## ")[0];

    /// <summary>The names in the first column of each table.</summary>
    private static IEnumerable<string> Rows(string text) => text.Split('\n')
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Name().Matches(line.Split('|')[1]))
        .Select(name => name.Groups["name"].Value);

    [GeneratedRegex(@"^\| `(?<query>[a-z_0-9]+)` \| (?<where>[a-z -]+) \|", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex("""["](?<text>[a-z_0-9]+)["]""")]
    private static partial Regex Literal();

    [GeneratedRegex("`(?<name>[a-z_0-9]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"^CREATE TABLE (?<table>[a-z_]+)", RegexOptions.Multiline)]
    private static partial Regex Created();

    [GeneratedRegex(@"^DROP TABLE (?<tables>[a-z_, ]+)", RegexOptions.Multiline)]
    private static partial Regex Dropped();
}
