using System.Text.RegularExpressions;
using LStep.Grains.Database;

namespace LStep.Architecture.Tests;

public sealed partial class QueryFileTests
{
    [Fact]
    public void Every_query_file_is_used_by_name_somewhere_in_the_sources()
    {
        var sources = string.Join('\n', Repository.Sources());
        Assert.All(Sql.QueryNames, name => Assert.Contains($"\"{name}\"", sources, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_name_that_is_used_has_its_file()
    {
        // The command line has no SQL; its own Rows reads CSV.
        var used = Repository.Sources("Grains").Concat(Repository.Sources("Api")).SelectMany(text => Use().Matches(text))
            .Select(match => match.Groups["name"].Value).Distinct();
        Assert.All(used, name => Assert.Contains(name, Sql.QueryNames));
    }

    [Fact]
    public void Every_query_file_begins_with_a_sentence() =>
        Assert.All(Sql.QueryNames, name => Assert.Matches(Sentence(), Sql.Query(name)));

    /// <summary>A reader goes by position: a list that differs in one file would be read as something else.</summary>
    [Theory]
    [InlineData("StoredCustomer", 14)]
    [InlineData("LedgerRow", 6)]
    [InlineData("ReviewRecord", 8)]
    [InlineData("LogEntry", 4)]
    public void What_one_reader_reads_is_selected_in_one_order(string reader, int queries)
    {
        var lists = Sql.QueryNames.Where(name => Regex.IsMatch(Sql.Query(name), $"\\A(-- .+\n)*-- .*as {reader} reads (it|them)"))
            .ToDictionary(name => name, name => Columns(name) is [.. var columns, "bytes"] ? columns : Columns(name));
        Assert.Equal(queries, lists.Count);
        var shortest = lists.Values.MinBy(columns => columns.Length)!;
        Assert.True(shortest.Length > 10);
        // What a query selects behind them is its own; bytes are read as the last column, wherever that is.
        Assert.All(lists, list => Assert.Equal(shortest, list.Value[..shortest.Length]));
    }

    [Fact]
    public void There_is_no_SQL_in_the_code() =>
        Assert.Empty(Repository.Sources().SelectMany(text => Statement().Matches(text)).Select(match => match.Value));

    [GeneratedRegex(
        """(?:Named|Execute|Value<[^(]*>|Rows|Sql\.Query|ArrayStatement)\(\s*"(?<name>[a-z_0-9]+)"|base\("(?<name>[a-z_0-9]+)"\)""")]
    private static partial Regex Use();

    [GeneratedRegex(@"\A(-- .+\n)*-- .+[.;:]\n")]
    private static partial Regex Sentence();

    [GeneratedRegex("""(?:\$@?|@)?"{1,3}\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|WITH) [^"]*""")]
    private static partial Regex Statement();

    /// <summary>Without aliases; what a query does not need to know of is selected empty.</summary>
    private static string[] Columns(string query) =>
        [.. SelectList().Match(Sql.Query(query)).Groups[1].Value.Split(',').Select(column => column.Trim()).Select(
            column => column switch
            {
                // Left out where nothing of it is needed; its place stays.
                "''::bytea" => "recent_ids",
                "'{}'::json" => "properties",
                _ when column.EndsWith(" AS properties", StringComparison.Ordinal) => "properties",
                _ => column.Split('.')[^1],
            })];

    [GeneratedRegex(@"^SELECT(.+?)^FROM", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex SelectList();
}
