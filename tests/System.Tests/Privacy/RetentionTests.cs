using System.Net.Http.Json;
using LStep.Api.Ingest;
using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Privacy;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Privacy;

/// <summary>What is kept long enough goes, and what was made of it stays.</summary>
public sealed class RetentionTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Months_of_the_log_go_and_windows_totals_daily_rows_duplicates_and_verify_stay()
    {
        await using var host = await LStepHost.Start(
            Begin, with: options => options with { Retention = new Retention(ActivitiesMonths: 3) });
        for (var month = 0; month < 6; month++)
        {
            await host.MoveClock(Begin.AddMonths(month));
            await host.Post(
                Track("old", "Lesson Completed", host.Now, new { lessonId = $"l{month}" }),
                Track("old", "Module Completed", host.Now.AddMinutes(1), new { moduleId = "m1" }),
                Track("old", "Quiz Completed", host.Now.AddMinutes(2), new { score = 80 + month }));
        }
        await host.Post(Track("young", "Logged In", host.Now));
        await Followed(host);
        var (customer, days) = (await Told(host), await Days(host));

        await host.Services.GetRequiredService<LogRetention>().Cut(default);

        Assert.Equal(["2026_03", "2026_04", "2026_05", "2026_06"], (await Partitions(host)).Take(4));
        Assert.Equal((customer, days), (await Told(host), await Days(host)));
        await Verified(host, cut: 1);
        // An import of what went is known; a live event of back then counts, and leaves the day's row as it was.
        using var again = await host.Ingest.PostAsJsonAsync("/v1/import?strict=1", new
        {
            batch = new[] { Track("old", "Lesson Completed", Begin, new { lessonId = "l0" }), Track(
                "old", "Lesson Completed", Begin.AddDays(1)) },
        });
        var items = (await again.Json()).GetProperty("items").EnumerateArray().Select(item => item.TryGetProperty("duplicate", out _));
        Assert.Equal([true, false], items);
        await Followed(host);
        Assert.Equal(days, await Days(host));
        // Counted anew from what is left they would lose their totals.
        var counted = await host.Services.GetRequiredService<Recounting>().Again(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now, null, default);
        Assert.Equal((2, 0, 1), (counted.Customers, counted.Changed, counted.Cut));
        await Verified(host, cut: 1);
    }

    [Fact]
    public async Task Without_the_setting_no_month_goes()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Track("old", "Logged In", Begin));
        await host.MoveClock(Begin.AddDays(390));

        await host.Services.GetRequiredService<LogRetention>().Cut(default);

        Assert.Contains("2026_01", await Partitions(host));
    }

    [Fact]
    public async Task Refused_and_anonymous_events_go_after_the_days_that_were_set()
    {
        await using var host = await LStepHost.Start(
            Begin, with: options => options with { Retention = new Retention(RejectedDays: 2, AnonymousDays: 3) });
        await host.Ingest.PostAsJsonAsync("/v1/batch", new
        {
            batch = new object[]
            {
                new { type = "track", anonymousId = "device", @event = "Logged In", messageId = "a" },
                new { type = "track", @event = "Nobody" },
            },
        });
        var left = new List<(long Rejected, long Anonymous)>();
        for (var day = 1; day <= 4; day++)
        {
            await host.MoveClock(Begin.AddDays(day).AddMinutes(1));
            await host.Services.GetRequiredService<AnonymousSweep>().Sweep(purge: true, default);
            left.Add((await Count(host, "rejected_events"), await Count(host, "anonymous_activities")));
        }
        Assert.Equal([(1, 1), (0, 1), (0, 0), (0, 0)], left);
    }

    private static Task Followed(LStepHost host) =>
        host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);

    private static async Task<string> Told(LStepHost host) => (await host.Get("/api/customers/old")).GetProperty("metrics").GetRawText();

    private static async Task<string> Days(LStepHost host) =>
        (await host.Get("/api/customers/old/metrics?from=2026-01-01&to=2026-06-30")).GetRawText();

    private static async Task Verified(LStepHost host, long cut)
    {
        var result = await host.Services.GetRequiredService<Verify>().Run(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        Assert.True(result.Same, string.Join('\n', result.Differences));
        Assert.Equal(cut, result.Cut);
    }

    private static async Task<List<string>> Partitions(LStepHost host)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(
            "SELECT right(inhrelid::regclass::text, 7) FROM pg_inherits WHERE inhparent = 'activities'::regclass ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync();
        var months = new List<string>();
        while (await reader.ReadAsync()) months.Add(reader.GetString(0));
        return months;
    }

    private static async Task<long> Count(LStepHost host, string table)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
