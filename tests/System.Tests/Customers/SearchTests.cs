using LStep.Grains.Database;

namespace LStep.System.Tests.Customers;

/// <summary>Searching does not mind case in any alphabet, on a database whose own locale knows A to Z only.</summary>
public sealed class SearchTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private static int customers;

    [Theory]
    [InlineData("ÄRGER", "ärger")]
    [InlineData("ärger", "ÄRGER")]
    [InlineData("Иван Петров", "ПЕТРОВ")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "οδυσσευς")]
    [InlineData("Hans Straße", "STRASSE")]
    [InlineData("Hans STRASSE", "straße")]
    [InlineData("Hans STRAẞE", "straße")]
    [InlineData("Hans Strasse", "STRAẞE")]
    [InlineData("ΟΔΥΣΣΕΥΣ", "οδυσ")]
    [InlineData("οδυσσευς", "ΟΔΥΣ")]
    [InlineData("İSTANBUL", "istanbul")]
    [InlineData("ıstanbul", "ISTANBUL")]
    [InlineData("Zoe\u0308 in two parts", "ZOË")]
    [InlineData("学習 太郎", "太郎")]
    [InlineData("a smile 😀 indeed", "😀")]
    [InlineData("100%_sure\\", "100%_SURE\\")]
    public async Task A_name_is_found_whatever_its_case(string name, string asked)
    {
        var id = $"s-{Interlocked.Increment(ref customers)}";
        await fixture.Host.Post(Messages.Identify(id, fixture.Host.Now, new { name }));

        var found = await fixture.Host.Get($"/api/customers?limit=500&q={Uri.EscapeDataString(asked)}");
        var tagged = await fixture.Host.Get($"/api/customers?tag=ST_001&limit=500&q={Uri.EscapeDataString(asked)}");

        Assert.Contains(id, found.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.Contains(id, tagged.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task An_id_of_as_many_characters_as_any_has_is_found_by_all_of_them()
    {
        var id = string.Concat(Enumerable.Repeat("😀", 128));
        await fixture.Host.Post(Messages.Identify(id, fixture.Host.Now, new { name = "smiles" }, "smiles"));
        var found = await fixture.Host.Get($"/api/customers?limit=500&q={Uri.EscapeDataString(id)}");
        Assert.Equal(id, Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    [InlineData("'")]
    [InlineData("\ud800")]
    [InlineData("\u0307")]
    public async Task A_text_that_nobody_has_finds_nobody_and_breaks_nothing(string asked)
    {
        await fixture.Host.Post(Messages.Identify("plain", fixture.Host.Now, new { name = "plain" }));

        using var answer = await fixture.Host.Client.GetAsync($"/api/customers?q={Uri.EscapeDataString(asked)}");

        Assert.InRange((int)answer.StatusCode, 200, 499);
        if (asked is "%" or "_" or "\\" or "'")
            Assert.DoesNotContain("\"plain\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_server_has_no_ICU_the_migration_does_with_what_there_is()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        var migrator = new Migrator(database);
        await migrator.DownTo(8);
        await using (var forget = database.Source.CreateCommand(
            "DELETE FROM pg_collation WHERE collname = 'und-x-icu'")) await forget.ExecuteNonQueryAsync();

        await migrator.Up();

        await using var folded = database.Source.CreateCommand("SELECT lstep_fold('ABC Ä')");
        Assert.StartsWith("ABC ", (string?)await folded.ExecuteScalarAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_can_be_made_of_what_is_compared()
    {
        await using var database = new PostgresDatabase(await PostgresFixture.FreshDatabase());
        await using var index = database.Source.CreateCommand("CREATE INDEX ON customers (lstep_fold(name))");
        await index.ExecuteNonQueryAsync();
    }
}
