using System.Text.RegularExpressions;
using LStep.Grains.Database;

namespace LStep.System.Tests.Database;


/// <summary>
/// Expand, then contract: while a new version is rolled out the one before it works on the same tables, and may have to take over
/// again. What a migration takes away on purpose, when no version that is still run needs it, it says in a line
/// "-- contract: " and the sentence that these tests would print.
/// </summary>
public sealed partial class VersionBeforeTests
{
    [Fact]
    public async Task Each_migration_leaves_the_version_before_it_everything_it_works_with()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        var migrator = new Migrator(database);
        var after = await Tables.Read(database);
        for (var number = Migrator.Latest; number > 1; number--)
        {
            Assert.Single(await migrator.DownTo(number - 1));
            var before = await Tables.Read(database);
            Assert.Empty(before.BrokenBy(after).Except(Contracts(number)).Select(broken => $"{number:0000}: {broken}"));
            after = before;
        }
    }

    [Theory]
    [InlineData("ALTER TABLE customers DROP COLUMN email", "no longer: customers.email is text")]
    [InlineData("ALTER TABLE customers RENAME COLUMN email TO mail", "no longer: customers.email is text")]
    [InlineData("ALTER TABLE reviews RENAME TO cases", "no longer: reviews.status is text")]
    [InlineData("ALTER TABLE customers ALTER ltv_value TYPE double precision", "no longer: customers.ltv_value is numeric")]
    [InlineData("ALTER TABLE customers ALTER enrolled_at DROP NOT NULL", "no longer: customers.enrolled_at is never null")]
    [InlineData("ALTER TABLE customers ALTER traits DROP DEFAULT", "no longer: customers.traits may be left out")]
    [InlineData("ALTER TABLE customers ALTER email SET NOT NULL", "newly asked: customers.email may not be left out")]
    [InlineData("ALTER TABLE customers ADD COLUMN rank integer NOT NULL", "newly asked: customers.rank may not be left out")]
    [InlineData("ALTER TABLE customers ADD CHECK (ltv_value >= 0)", "newly asked: customers. CHECK ((ltv_value >= (0)::numeric))")]
    [InlineData("CREATE UNIQUE INDEX ON customers (email)", "newly asked: customers. unique btree (email)")]
    [InlineData("ALTER TABLE reviews ADD FOREIGN KEY (customer_id) REFERENCES customers",
        "newly asked: reviews. FOREIGN KEY (customer_id) REFERENCES customers(customer_id)")]
    [InlineData("DROP FUNCTION lstep_fence", "no longer: function lstep_fence(written bigint, expected bigint) returns void")]
    public async Task What_would_break_the_version_before_is_found(string change, string found)
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        Assert.Contains(found, await BrokenBy(database, change));
    }

    [Theory]
    [InlineData("ALTER TABLE customers ADD COLUMN rank integer")]
    [InlineData("ALTER TABLE customers ADD COLUMN rank integer NOT NULL DEFAULT 0")]
    [InlineData("CREATE TABLE ranks (customer_id text PRIMARY KEY, rank integer NOT NULL CHECK (rank > 0))")]
    [InlineData("CREATE INDEX ON customers (locale)")]
    [InlineData("ALTER TABLE reviews ALTER rule DROP DEFAULT")]
    public async Task What_only_adds_is_let_through(string change)
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        Assert.Empty(await BrokenBy(database, change));
    }

    private static async Task<IEnumerable<string>> BrokenBy(PostgresDatabase database, string change)
    {
        var before = await Tables.Read(database);
        await using (var command = database.Source.CreateCommand(change)) await command.ExecuteNonQueryAsync();
        return before.BrokenBy(await Tables.Read(database));
    }

    private static IEnumerable<string> Contracts(int number)
    {
        var file = Assert.Single(Directory.EnumerateFiles(Repository.Path("sql/migrations"), $"{number:0000}_*.up.sql"));
        return Contract().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value);
    }

    [GeneratedRegex("^-- contract: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Contract();
}
