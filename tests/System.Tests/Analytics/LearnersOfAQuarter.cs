using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Analytics;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Analytics;

/// <summary>
/// Learners of every tier who learn, fall silent, come back and are decided about by people, over HTTP on a simulated clock.
/// </summary>
internal sealed class LearnersOfAQuarter(LStepHost host)
{
    public const int Learners = 24;
    public static readonly DateTimeOffset Begin = new(2026, 1, 20, 9, 0, 0, TimeSpan.Zero);

    /// <summary>As after an upgrade: the ledger is full, and nothing of it was counted. The way back from damaged figures, too.</summary>
    public const string CountAfresh =
        "UPDATE analytics_progress SET ledger = 0; TRUNCATE analytics_days, analytics_customers, analytics_changed, analytics_removed";

    public async Task Come() =>
        await host.Post([.. Enumerable.Range(0, Learners).Select(
            n => Identify($"q{n}", Begin, new { tier = Tier(n), createdAt = Begin.AddDays(n % 3 == 0 ? -n : 0), ltv = 100 * n }))]);

    /// <summary>Every learner learns in turns of its own and is silent in others.</summary>
    public async Task Live(int fromDay, int untilDay)
    {
        for (var day = fromDay; day < untilDay; day += 2)
        {
            await host.MoveClock(Begin.AddDays(day).AddMinutes(1));
            var messages = Enumerable.Range(0, Learners).Where(n => (day + (n * 5)) % (17 + n) < 6 + (n % 4))
                .SelectMany(n => Lesson(n, day));
            if (messages.ToArray() is { Length: > 0 } some) await host.Post(some);
        }
    }

    /// <summary>What people do: approve, reject, override, take back.</summary>
    public async Task Decide()
    {
        var open = (await host.Get("/api/reviews?status=open")).GetProperty("items").EnumerateArray()
            .Select(review => review.GetProperty("id").GetString()).ToList();
        for (var i = 0; i < open.Count && i < 4; i++)
            await Send("POST", $"/api/reviews/{open[i]}/{(i % 2 == 0 ? "approve" : "reject")}", new { });
        foreach (var n in new[] { 2, 9 })
            await Send("PUT", $"/api/customers/q{n}/status", new { tag = n == 2 ? "ST_003" : "ST_002", reason = "by hand" });
        foreach (var row in (await Latest()).Take(3)) await Send("POST", $"/api/transitions/{row}/undo", new { });
    }

    /// <summary>The latest rows of some customers that can be taken back.</summary>
    public async Task<List<string>> Latest() => await Texts(
        "SELECT id::text FROM customer_status_assignments WHERE is_current AND kind IN (1, 4) ORDER BY id DESC LIMIT 5");

    public async Task Send(string method, string path, object body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(body) };
        using var answer = await host.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Every measure that is written in SQL comes to the same, and verify finds nothing.</summary>
    public async Task<long> Agrees()
    {
        var counted = await host.Services.GetRequiredService<AnalyticsFigures>().UpToDate(CancellationToken.None);
        Assert.Equal(await Texts("SELECT max(id)::text FROM customer_status_assignments"), [$"{counted.Through}"]);
        foreach (var (measure, sql) in LedgerSql.OfMeasure)
        {
            var (right, found) = (await Rows(sql), await Rows(LedgerSql.Counted, measure));
            Assert.True(right.SetEquals(found), $"{measure}: missing {string.Join(' ', right.Except(found))}; "
                + $"too many {string.Join(' ', found.Except(right))}");
        }
        await Verified();
        return counted.Through;
    }

    public async Task Verified() => Assert.Empty(await Differences());

    public async Task<IEnumerable<string>> Differences()
    {
        var services = host.Services;
        var result = await services.GetRequiredService<Verify>().Run(services.GetRequiredService<RulebookSource>().Current, host.Now);
        return result.Differences.Select(one => $"{one.CustomerId} {one.What}: {one.Detail}");
    }

    /// <summary>The levels of those whose first 28 days are over are those of the daily rows.</summary>
    public async Task HaveLevels(DateOnly today)
    {
        var services = host.Services;
        await services.GetRequiredService<DailyRows>().FlushAsync(services.GetRequiredService<RulebookSource>().Current.Calendar);
        await services.GetRequiredService<AnalyticsFigures>().UpToDate(CancellationToken.None);
        var right = await Rows(LedgerSql.Levels, today);
        Assert.NotEmpty(right);
        Assert.Equal(right.Order(), (await Rows("SELECT customer_id, level FROM analytics_customers WHERE level <> ''")).Order());
    }

    public async Task<HashSet<string>> Rows(string sql, params object[] values)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new HashSet<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => $"{reader.GetValue(column)}")));
        return rows;
    }

    public async Task<List<string>> Texts(string sql) => [.. await Rows(sql)];

    public async Task<long> Change(string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    private static string Tier(int n) => n % 4 == 0 ? "Enterprise" : n % 4 == 1 ? "Pro" : "Freemium";

    private static IEnumerable<object> Lesson(int n, int day)
    {
        var at = Begin.AddDays(day);
        yield return Track($"q{n}", "Logged In", at, messageId: $"q{n}-{day}-in");
        yield return Track($"q{n}", "Lesson Completed", at, new { lessonId = $"l{day}" }, messageId: $"q{n}-{day}-l");
        yield return Track($"q{n}", "Module Completed", at, new { moduleId = $"m{day}" }, messageId: $"q{n}-{day}-m");
        yield return Track($"q{n}", "Quiz Completed", at, new { score = n % 6 == 5 ? 30 : 80 }, messageId: $"q{n}-{day}-q");
        for (var feature = 0; feature < n % 6; feature++)
            yield return Track($"q{n}", "Feature Used", at.AddMinutes(
                -40 * feature), new { featureId = $"f{feature}" }, messageId: $"q{n}-{day}-f{feature}");
    }
}
