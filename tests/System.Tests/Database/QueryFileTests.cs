using System.Text.RegularExpressions;
using LStep.Grains.Database;

namespace LStep.System.Tests.Database;

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
        var used = Repository.Sources("Grains").Concat(Repository.Sources("Api")).SelectMany(text => Use().Matches(text)).Select(match => match.Groups["name"].Value).Distinct();
        Assert.All(used, name => Assert.Contains(name, Sql.QueryNames));
    }

    [Fact]
    public void Every_query_file_begins_with_a_sentence() =>
        Assert.All(Sql.QueryNames, name => Assert.Matches(Sentence(), Sql.Query(name)));

    [Fact]
    public void There_is_no_SQL_in_the_code() =>
        Assert.Empty(Repository.Sources().SelectMany(text => Statement().Matches(text)).Select(match => match.Value));

    [GeneratedRegex("""(?:Named|Execute|Value<[^(]*>|Rows|Sql\.Query|ArrayStatement)\(\s*"(?<name>[a-z_0-9]+)"|base\("(?<name>[a-z_0-9]+)"\)""")]
    private static partial Regex Use();

    [GeneratedRegex(@"\A(-- .+\n)*-- .+[.;:]\n")]
    private static partial Regex Sentence();

    [GeneratedRegex("""(?:\$@?|@)?"{1,3}\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|WITH) [^"]*""")]
    private static partial Regex Statement();
}
