using System.Text.RegularExpressions;
using LStep.Grains.Database;
using LStep.Workbench;

namespace LStep.Architecture.Tests;

/// <summary>One word a subject, the same on every floor; what is in a folder says so in its namespace.</summary>
public sealed partial class StairTests
{
    [Fact]
    public void A_namespace_is_its_folder()
    {
        var misplaced = Source.Under("src", ".cs").Concat(Source.Under("tests", ".cs"))
            .Select(file => (file.Path, Expected: Expected(file), Found: Namespace().Match(file.Text).Groups["name"].Value))
            .Where(file => file.Found.Length > 0 && file.Found != file.Expected).ToList();
        Assert.Empty(misplaced);
    }

    [Fact]
    public void Every_subject_of_the_queries_is_a_room_of_the_grains() =>
        Assert.Empty(Source.FoldersIn("sql/queries").Except(Source.FoldersIn("src/Grains").Select(room => room.ToLowerInvariant())));

    [Fact]
    public void Every_query_is_used_by_its_own_room_alone()
    {
        var code = Source.Under("src", ".cs").Where(file => !file.Path.StartsWith("src/Workbench/", StringComparison.Ordinal)).ToList();
        var strangers = Source.Under("sql/queries", ".sql").SelectMany(query =>
            code.Where(file => Uses(file, Path.GetFileNameWithoutExtension(query.Path)))
                .Where(file => !file.Path.StartsWith($"src/Grains/{Room(query)}/", StringComparison.OrdinalIgnoreCase))
                .Select(file => $"{file.Path} uses {query.Path}"));
        Assert.Empty(strangers);
    }

    [Fact]
    public void The_workbench_uses_every_query_of_its_own_and_asks_for_none_that_is_not_there()
    {
        var code = string.Join('\n', Source.Under("src/Workbench", ".cs").Select(file => file.Text));
        var own = Source.Under("sql/workbench", ".sql").Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, name => Assert.Contains($"\"{name}\"", code, StringComparison.Ordinal));
        Assert.All(AskedForOwn().Matches(code), asked => Assert.Contains(asked.Groups["query"].Value, own));
        Assert.All(AskedForProducts().Matches(code), asked => Assert.Contains(asked.Groups["query"].Value, Sql.QueryNames));
    }

    [GeneratedRegex("""WorkbenchSql\.Query\("(?<query>[a-z_0-9]+)["]""")]
    private static partial Regex AskedForOwn();

    [GeneratedRegex("""\bSql\.Query\("(?<query>[a-z_0-9]+)["]""")]
    private static partial Regex AskedForProducts();

    [Fact]
    public void Only_the_customers_room_writes_what_is_a_customers_truth() =>
        Assert.Empty(Source.Under("sql/queries", ".sql").Where(
            query => WritesTruth().IsMatch(query.Text) && Room(query) != "customers").Select(query => query.Path));

    /// <summary>As the argument of what runs a query; a word of its own may be the same.</summary>
    private static bool Uses(Source file, string query) => Runs().Matches(file.Text).Any(run => run.Groups["query"].Value == query);

    [GeneratedRegex("""\b(Named|Execute|Value<[^(]*>|Rows|Query|One|Follow|ArrayStatement|base)\(\s*"(?<query>[a-z_0-9]+)["]""")]
    private static partial Regex Runs();

    private static string Room(Source query) => query.Path.Split('/')[2];

    private static string Expected(Source file)
    {
        var parts = file.Folder.Split('/');
        var home = parts[..2];
        var root = string.Join('.', parts[0] == "src" && parts[1] == "Grains.Interfaces" ? ["LStep"] : ["LStep", .. home[1].Split('.')]);
        return parts.Length > 2 ? $"{root}.{string.Join('.', parts[2..])}" : root;
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"\b(INSERT INTO|UPDATE|DELETE FROM)\s+(customers|customer_states|activities|customer_status_assignments|decisions|reviews)\b")]
    private static partial Regex WritesTruth();
}
