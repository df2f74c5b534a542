using System.Net;
using System.Net.Http.Json;
using static LStep.System.Tests.Database.Troubled;

namespace LStep.System.Tests.Database;

/// <summary>What PostgreSQL refuses to store fails alone, is told and listed, and never comes again.</summary>
public sealed class RefusedTests
{
    [Theory]
    [InlineData("21000")]
    [InlineData("22001")]
    [InlineData("23514")]
    [InlineData("42804")]
    [InlineData("54000")]
    [InlineData("P0001")]
    [InlineData("ZZ999")]
    public async Task What_the_database_refuses_of_one_customer_is_that_customers_alone_and_is_listed(string state)
    {
        await using var host = await Impatient();
        await Execute(host, Raising(state, "NEW.customer_id = 'guilty'"));

        var others = Enumerable.Range(0, 40).Select(i => Track(host, $"other-{i}", $"m{i}")).ToList();
        using var batch = await host.Ingest.PostAsJsonAsync("/v1/batch", new
        {
            batch = new[] { Login("other-a", "a"), Login("guilty", "b"), Login("other-c", "c"), Login("guilty", "d") },
        });
        using var single = await Track(host, "guilty", "e");

        Assert.All(await Task.WhenAll(others), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, batch.StatusCode);
        Assert.Equal(
            [(1, "refused_by_database"), (3, "refused_by_database")],
            (await batch.Json()).GetProperty("rejected").EnumerateArray()
                .Select(item => (item.GetProperty("index").GetInt32(), item.GetProperty("code").GetString())));
        Assert.Equal(HttpStatusCode.BadRequest, single.StatusCode);
        Assert.Equal(42L, await Value(host, "SELECT count(*) FROM activities"));
        var listed = (await host.Get("/api/rejected")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["b", "d", "e"], listed.Select(item => item.GetProperty("messageId").GetString()).Order());
        Assert.All(listed, item => Assert.Equal("refused_by_database", item.GetProperty("code").GetString()));
        await UntilReady(host);
    }

    [Fact]
    public async Task An_event_that_is_refused_takes_no_other_of_its_customer_with_it()
    {
        await using var host = await Impatient();
        await Execute(host, Raising("22001", "NEW.message_id IN ('m3', 'm7')", "activities"));

        using var answer = await host.Ingest.PostAsJsonAsync(
            "/v1/batch", new { batch = Enumerable.Range(0, 10).Select(i => Login("same", $"m{i}")) });

        Assert.Equal(
            ["m3", "m7"],
            (await answer.Json()).GetProperty("rejected").EnumerateArray().Select(item => item.GetProperty("messageId").GetString()));
        Assert.Equal(8L, await Value(host, "SELECT count(*) FROM activities WHERE customer_id = 'same'"));
    }

    [Fact]
    public async Task An_email_that_an_index_of_an_operators_does_not_take_is_refused_alone()
    {
        await using var host = await Impatient();
        await Execute(host, "CREATE INDEX ON customers (name)");
        var incompressible = string.Concat(Enumerable.Range(0, 12_000).Select(i => (char)('A' + (i * 7_919 * (i + 3) % 57))));

        var others = Enumerable.Range(0, 20).Select(i => Track(host, $"other-{i}", $"m{i}")).ToList();
        using var answer = await host.Ingest.PostAsJsonAsync(
            "/v1/identify", new { userId = "long", messageId = "m", traits = new { name = incompressible } });

        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.All(await Task.WhenAll(others), other => Assert.Equal(HttpStatusCode.OK, other.StatusCode));
        using var next = await Track(host, "long", "m2");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }
}
