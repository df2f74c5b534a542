using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time.Figures;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Time;

/// <summary>What the list of customers chooses by follows whatever changes a customer.</summary>
public sealed class FigureRowsTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_indicator_that_time_alone_raises_is_listed_from_its_instant_on_and_not_a_millisecond_earlier()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Track("silent", "Logged In", Begin), Track("silent", "Lesson Completed", Begin));
        Assert.Empty(await Ids(host, "risk=login_gap"));

        await host.MoveClock(Begin.AddDays(5).AddMilliseconds(-1));
        Assert.Empty(await Ids(host, "risk=login_gap"));
        await host.MoveClock(Begin.AddDays(5));
        Assert.Equal(["silent"], await Ids(host, "risk=login_gap"));
        await host.Post(Track("silent", "Logged In", Begin.AddDays(5)));
        Assert.Empty(await Ids(host, "risk=login_gap"));
    }

    [Fact]
    public async Task What_the_change_of_the_business_day_changes_is_listed_right_after_it()
    {
        await using var host = await LStepHost.Start(Begin, zone: "Asia/Tokyo");
        foreach (var i in Enumerable.Range(0, 30)) await host.Post(Track($"t{i}", "Support Ticket Opened", Begin.AddSeconds(i)));
        foreach (var i in Enumerable.Range(0, 30))
            await host.Post(
                Track($"t{i}", "Support Ticket Opened", Begin.AddSeconds(60 + i)),
                Track($"t{i}", "Support Ticket Opened", Begin.AddSeconds(99 + i)));
        Assert.Equal(30, (await Ids(host, "risk=support_burden")).Count);

        // Seven business days of Tokyo hold the tickets; the eighth begins at 15:00 UTC.
        await host.MoveClock(new(2026, 3, 8, 14, 59, 59, TimeSpan.Zero));
        Assert.Equal(30, (await Ids(host, "risk=support_burden")).Count);
        await host.MoveClock(new(2026, 3, 8, 15, 0, 0, TimeSpan.Zero));
        Assert.Empty(await Ids(host, "risk=support_burden"));
    }

    [Fact]
    public async Task An_override_its_undo_and_an_erasure_are_listed_at_once()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("ada", Begin, new { name = "Ada", tier = "Pro" }), Track("bea", "Logged In", Begin));
        await host.MoveClock(Begin.AddMinutes(1));
        Assert.Equal(["ada", "bea"], await Ids(host, "tag=ST_001&sort=tagSince"));

        (await host.Client.PutAsJsonAsync("/api/customers/ada/status", new { tag = "ST_003", reason = "knows it all" }))
            .EnsureSuccessStatusCode();
        Assert.Equal(["ada"], await Ids(host, "tag=ST_003&sort=tagSince"));
        Assert.Equal(["bea"], await Ids(host, "tag=ST_001&sort=tagSince"));

        var moved = (await host.Get("/api/transitions?limit=500")).GetProperty("items").EnumerateArray()
            .Where(row => row.GetProperty("to").GetString() == "ST_003").Select(row => row.GetProperty("id").GetInt64()).Single();
        (await host.Client.PostAsJsonAsync($"/api/transitions/{moved}/undo", new { })).EnsureSuccessStatusCode();
        Assert.Equal(["ada", "bea"], (await Ids(host, "tag=ST_001&sort=tagSince")).Order());

        (await host.Client.DeleteAsync("/api/customers/ada")).EnsureSuccessStatusCode();
        Assert.Equal(["bea"], await Ids(host, "tag=ST_001&sort=tagSince"));
        Assert.Empty(await Ids(host, "q=Ada"));
        Assert.Equal(0L, await Value(
            host, "SELECT count(*) FROM customer_figures f FULL JOIN customer_search s USING (customer_id) WHERE customer_id = 'ada'"));
    }

    [Fact]
    public async Task A_profile_that_changes_is_found_by_its_new_name_alone_also_before_anything_has_followed()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("n", Begin, new { name = "Anna Alt", owner = "x" }));
        Assert.Equal(["n"], await Ids(host, "q=Alt&owner=x"));

        await host.MoveClock(Begin.AddMinutes(1));
        await host.Post(Identify("n", Begin.AddMinutes(1), new { name = "Anna Neu", owner = "y" }));

        Assert.Empty(await Ids(host, "q=Alt"));
        Assert.Empty(await Ids(host, "owner=x"));
        Assert.Equal(["n"], await Ids(host, "q=neu&owner=y"));
    }

    [Fact]
    public async Task What_was_there_before_the_tables_were_is_filled_in_and_what_a_version_before_writes_is_followed()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using (var before = await LStepHost.Start(Begin, database))
        {
            foreach (var i in Enumerable.Range(0, 25)) await before.Post(Identify($"u{i:00}", Begin, new { name = $"Name {i}", ltv = i }));
            await Execute(
                before, "TRUNCATE customer_figures, customer_search; UPDATE customer_figures_progress SET day = NULL, server = ''");
        }
        await using var host = await LStepHost.Start(Begin.AddHours(1), database);
        await host.Services.GetRequiredService<FigureRows>().FlushAsync(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"u{i:00}"), await Ids(host, "sort=ltv&order=desc&limit=50"));
        Assert.Equal(["u24"], await Ids(host, "q=ame 24"));
        Assert.Equal([], await Verified(host));
    }

    [Fact]
    public async Task A_pass_that_a_clock_a_moment_ahead_began_goes_on_where_it_is()
    {
        await using var host = await LStepHost.Start(Begin);
        foreach (var some in Enumerable.Range(0, 8_100).Chunk(500))
            await host.Post([.. some.Select(i => Identify($"m{i:0000}", Begin, new { tier = "Pro" }))]);
        var (figures, book) = (
            host.Services.GetRequiredService<FigureRows>(), host.Services.GetRequiredService<RulebookSource>().Current);
        await figures.FlushAsync(book, host.Now);

        await figures.Follow(book, host.Now.AddDays(1));
        Assert.Equal((Day(0), Day(1)), await Days(host));
        await figures.Follow(book, host.Now);
        Assert.Equal((Day(1), null), await Days(host));
    }

    [Fact]
    public async Task A_short_page_is_filled_past_many_whose_figures_are_old()
    {
        await using var host = await LStepHost.Start(Begin);
        foreach (var i in Enumerable.Range(0, 30)) await host.Post(Identify($"o{i:00}", Begin, new { tier = i < 28 ? "Freemium" : "Pro" }));
        await host.Services.GetRequiredService<FigureRows>().FlushAsync(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        await Execute(host, "UPDATE customer_figures SET tier = 'Pro'");

        var first = await host.Get("/api/customers?tier=Pro&sort=name&limit=1");
        var second = await host.Get(
            $"/api/customers?tier=Pro&sort=name&limit=1&cursor={Uri.EscapeDataString(first.GetProperty("next").GetString()!)}");

        Assert.Equal(["o28", "o29"], new[] { first, second }.SelectMany(page => page.GetProperty("items").EnumerateArray()).Select(
            Customers.CustomerListTests.Id));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_miss_anybody_while_others_are_written()
    {
        await using var host = await LStepHost.Start(Begin);
        foreach (var i in Enumerable.Range(0, 90)) await host.Post(Identify($"p{i:00}", Begin, new { ltv = i % 5 }));

        var (listed, cursor, round) = (new List<string>(), "", 0);
        do
        {
            var page = await host.Get($"/api/customers?sort=ltv&order=desc&limit=10{cursor}");
            listed.AddRange(page.GetProperty("items").EnumerateArray().Select(Customers.CustomerListTests.Id));
            cursor = page.GetProperty("next").GetString() is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : "";
            // Others come, and everybody is active: nothing that the list is sorted by.
            await host.Post(Identify($"new{round}", Begin, new { ltv = 100 }), Track($"p{round++:00}", "Logged In", Begin));
        }
        while (cursor.Length > 0);

        Assert.Equal(90, listed.Count);
        Assert.Equal(listed.Count, listed.Distinct().Count());
    }

    [Fact]
    public async Task The_indicators_of_a_day_are_counted_once_by_tier_as_it_begins()
    {
        await using var host = await LStepHost.Start(Begin);
        foreach (var i in Enumerable.Range(0, 40))
            await host.Post(
                Identify($"d{i}", Begin, i % 4 == 0 ? new { name = "x" } : new { tier = i % 2 == 0 ? "Pro" : "Enterprise" }),
                Track($"d{i}", "Logged In", Begin));

        await host.MoveClock(Begin.AddDays(9));
        await Verified(host);

        Assert.Equal(9L, await Value(host, "SELECT count(DISTINCT day) FROM analytics_risk_days"));
        Assert.Equal(
            40L, await Value(host, "SELECT sum(customers)::bigint FROM analytics_risk_days WHERE day = '2026-03-11' AND indicator = ''"));
        Assert.Equal(10L, await Value(
            host, "SELECT customers FROM analytics_risk_days WHERE day = '2026-03-08' AND indicator = 'login_gap' AND tier = ''"));
        Assert.Equal(10L, await Value(
            host, "SELECT customers FROM analytics_risk_days WHERE day = '2026-03-08' AND indicator = 'login_gap' AND tier = 'Pro'"));
        Assert.Equal(
            0L, await Value(host, "SELECT count(*) FROM analytics_risk_days WHERE day <= '2026-03-07' AND indicator = 'login_gap'"));
    }

    private static DateOnly Day(int after) => DateOnly.FromDateTime(Begin.UtcDateTime).AddDays(after);

    /// <summary>The last day whose pass is over, and the one whose pass is under way.</summary>
    private static async Task<(DateOnly? Over, DateOnly? UnderWay)> Days(LStepHost host)
    {
        await using var command = host.Database.Source.CreateCommand("SELECT day, pass_day FROM customer_figures_progress");
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        return (row.GetFieldValue<DateOnly?>(0), row.GetFieldValue<DateOnly?>(1));
    }

    /// <summary>A reader takes in what others wrote, within a time that a busy machine may need for less.</summary>
    private static async Task<List<string>> Ids(LStepHost host, string query)
    {
        await Signals.UntilAsync(() => host.Services.GetRequiredService<FigureRows>().UpToDate(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now, CancellationToken.None));
        var page = await host.Get("/api/customers?" + query);
        return [.. page.GetProperty("items").EnumerateArray().Select(Customers.CustomerListTests.Id)];
    }

    private static async Task<IEnumerable<string>> Verified(LStepHost host) => (await host.Services.GetRequiredService<Verify>().Run(
        host.Services.GetRequiredService<RulebookSource>().Current, host.Now)).Differences.Select(one => $"{one.CustomerId}: {one.Detail}");

    private static async Task<long> Value(LStepHost host, string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync() ?? 0L);
    }

    private static async Task Execute(LStepHost host, string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
