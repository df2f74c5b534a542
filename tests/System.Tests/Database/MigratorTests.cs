using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using LStep.System.Tests.Ingest;
using Npgsql;

namespace LStep.System.Tests.Database;


public sealed class MigratorTests
{
    [Fact]
    public async Task Every_migration_has_its_way_back_and_can_be_applied_again()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        var migrator = new Migrator(database);
        await new Partitions(database).MakeAhead(Steps.Noon);

        Assert.Empty(await migrator.Up());
        Assert.Equal(Migrator.Latest, (await migrator.DownTo(0)).Count);
        Assert.Equal(["schema_migrations"], await Relations(database));
        Assert.Equal(Migrator.Latest, (await migrator.Up()).Count);
    }

    [Fact]
    public async Task Two_processes_that_migrate_together_migrate_once()
    {
        var connectionString = await PostgresFixture.FreshDatabase();
        await using var one = new PostgresDatabase(connectionString);
        await using var other = new PostgresDatabase(connectionString);
        await new Migrator(one).DownTo(0);

        var applied = await Task.WhenAll(new Migrator(one).Up(), new Migrator(other).Up());

        Assert.Equal(Migrator.Latest, applied.Sum(names => names.Count));
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_was_applied_is_refused()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await using (var command = database.Source.CreateCommand(
            "UPDATE schema_migrations SET checksum = 'other' WHERE number = 1")) await command.ExecuteNonQueryAsync();
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => new Migrator(database).Up());
        Assert.Contains("was changed after it was applied", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_newer_than_this_build_is_refused_with_what_to_do_and_left_alone()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await Change(database, "INSERT INTO schema_migrations (number, name, checksum) VALUES (9999, '9999_future', 'x')");

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => new Migrator(database).Up());

        Assert.Contains("newer than this build: it has migration 9999_future", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"migrate down {Migrator.Latest}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, await new Migrator(database).Trouble());
        await Assert.ThrowsAsync<InvalidDataException>(() => new Migrator(database).DownTo(0));
    }

    [Fact]
    public async Task Beside_a_newer_version_that_says_it_only_adds_this_one_goes_on()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await Change(database, $"""
            INSERT INTO schema_migrations (number, name, checksum, runs_from) VALUES (9999, '9999_future', 'x', {Migrator.Latest})
            """);

        Assert.Empty(await new Migrator(database).Up());
        Assert.Null(await new Migrator(database).Trouble());
    }

    [Theory]
    [InlineData("ALTER TABLE customers DROP COLUMN email", "email")]
    [InlineData("DROP TABLE decisions", "decisions")]
    [InlineData("DROP FUNCTION lstep_fence", "lstep_fence")]
    [InlineData("DROP TABLE nodes", "nodes")]
    public async Task A_database_that_lost_something_is_refused_with_its_name(string damage, string name)
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await Change(database, damage);

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => new Migrator(database).Up());

        Assert.StartsWith("The database is damaged", refused.Message, StringComparison.Ordinal);
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.Equal(refused.Message, await new Migrator(database).Trouble());
    }

    [Fact]
    public async Task A_migration_that_is_missing_is_told()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await new Migrator(database).DownTo(Migrator.Latest - 1);
        Assert.Contains("is missing in the database", await new Migrator(database).Trouble(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_processes_make_the_partitions_of_many_months_at_once()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await Task.WhenAll(from process in Enumerable.Range(0, 4) let partitions = new Partitions(database)
                           from month in Enumerable.Range(0, 12) select partitions.MakeAhead(Steps.Noon.AddMonths(month)));
        Assert.Equal(13, (await Relations(database)).Count(name => name.StartsWith("activities_20", StringComparison.Ordinal)));
    }

    private static async Task Change(PostgresDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> Relations(PostgresDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT relname::text FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public' AND relkind IN ('r', "
                + "'p')");
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }
}
