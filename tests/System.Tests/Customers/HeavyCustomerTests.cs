using System.Net;
using System.Text.Json;
using LStep.Grains.Customers;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>Customers whose rows have more bytes than is good for anybody: they weigh on nobody else.</summary>
public sealed class HeavyCustomerTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("md5(random()::text)", 200_000)] // does not compress
    [InlineData("repeat('x', 31000)", 1_200)] // compresses to a hundredth
    public async Task One_that_is_far_too_heavy_is_told_apart_and_the_others_go_on(string value, int traits)
    {
        var database = await With("c1", value, traits);
        await using var host = await LStepHost.Start(Begin, database);

        Assert.Equal(["c0", "c2"], Ids(await host.Get("/api/customers")));
        Assert.Equal(["c0", "c2"], Ids(await host.Get("/api/customers?tag=ST_001")));
        using var answer = await host.Client.GetAsync("/api/customers/c1");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "unreadable_customer"), (answer.StatusCode, await answer.Code()));
        var listed = Assert.Single((await host.Get("/api/rejected")).GetProperty("items").EnumerateArray());
        Assert.Equal("c1", listed.GetProperty("customerId").GetString());
        Assert.Contains("KB", listed.GetProperty("message").GetString(), StringComparison.Ordinal);

        await host.Post(Track("c0", "Logged In", Begin), Track("c2", "Logged In", Begin));
        await host.MoveClock(Begin.AddDays(1));
        var run = await host.Get("/api/evaluations/eval_2026-01-06");
        Assert.Equal((3, 1), (run.GetProperty("evaluated").GetInt32(), run.GetProperty("errors").GetInt32()));
    }

    [Fact]
    public async Task A_page_ends_where_its_bytes_pass_a_bound_and_the_cursor_leads_to_the_others()
    {
        var database = await With("", "", 0);
        await using var host = await LStepHost.Start(Begin, database);
        string[] ids = [.. Enumerable.Range(0, 12).Select(n => $"d{n:00}")];
        await host.Post([.. ids.Select(id => Track(id, "Logged In", Begin))]);
        // Half a megabyte each: seven or eight are a page.
        await Sql(host, LargeTraits(12000));

        foreach (var filter in new[] { "", "&tag=ST_001" })
        {
            var (seen, pages, cursor) = (new List<string>(), 0, "");
            do
            {
                var page = await host.Get($"/api/customers?limit=500{filter}{cursor}");
                seen.AddRange(Ids(page));
                pages++;
                cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={next}" : "";
            }
            while (cursor.Length > 0);
            Assert.Equal(["c0", "c1", "c2", .. ids], seen);
            Assert.InRange(pages, 2, 4);
        }
    }

    [Fact]
    public async Task Customers_that_are_loaded_at_once_come_in_portions_and_every_one_of_them_comes()
    {
        var database = await With("", "", 0);
        string[] ids = [.. Enumerable.Range(0, 24).Select(n => $"d{n:00}")];
        await using (var before = await LStepHost.Start(Begin, database))
        {
            await before.Post([.. ids.Select(id => Track(id, "Logged In", Begin))]);
            await Sql(before, LargeTraits(15000));
        }
        await using var host = await LStepHost.Start(Begin, database);
        await host.Post([.. ids.Select(id => Track(id, "Lesson Completed", Begin))]);
        await host.MoveClock(Begin.AddDays(1));
        Assert.Equal(27, (await host.Services.GetRequiredService<CustomerStore>().LoadMany([.. ids, "c0", "c1", "c2"])).Count);
        Assert.Equal(0, (await host.Get("/api/evaluations/eval_2026-01-06")).GetProperty("errors").GetInt32());
        Assert.Equal(27, (await host.Get("/api/evaluations/eval_2026-01-06")).GetProperty("evaluated").GetInt32());
    }

    /// <summary>A database with three customers, none of them in any process's memory, and one with many large traits.</summary>
    private static async Task<string> With(string heavy, string value, int traits)
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post([.. new[] { "c0", "c1", "c2" }.Select(id => Track(id, "Logged In", Begin))]);
        if (traits > 0)
            await Sql(host, $"""
                UPDATE customers SET traits = (SELECT json_object_agg('t' || n, {value}) FROM generate_series(1, {traits}) n)
                WHERE customer_id = '{heavy}'
                """);
        return host.ConnectionString;
    }

    private static string LargeTraits(int traits) =>
        $"UPDATE customers SET traits = (SELECT json_object_agg('t' || n, md5(random()::text)) FROM generate_series(1, {traits}) n)";

    private static string[] Ids(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private static async Task Sql(LStepHost host, string statement)
    {
        await using var command = host.Database.Source.CreateCommand(statement);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }
}
