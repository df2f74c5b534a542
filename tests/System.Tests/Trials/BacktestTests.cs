using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Rules;
using LStep.Grains.Trials;
using LStep.System.Tests.Replay;
using Microsoft.Extensions.Logging.Abstractions;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Trials;

/// <summary>Rule sets played over the recorded history.</summary>
public sealed class BacktestTests
{
    [OuladFact]
    public async Task The_shipped_rules_come_to_what_the_replay_came_to()
    {
        var first = ReplayedSmoke.Midnight(ReplayedSmoke.Source.First);
        await using var host = await LStepHost.Start(first);
        await ReplayedSmoke.Play(host, ReplayedSmoke.Source);
        var rules = (await host.Get("/api/rules")).GetProperty("rules");

        var expected = await PlayedLedger.Of(host);
        var (from, to) = expected.MiddleHalf();

        var whole = await Finished(host, await Start(host, rules, first, host.Now));
        var part = await Finished(host, await Start(host, rules, from, to));

        foreach (var set in new[] { "candidate", "active" })
        {
            expected.Equals(whole.GetProperty(set), first, host.Now);
            expected.Equals(part.GetProperty(set), from, to);
        }
        Assert.Equal(40, whole.GetProperty("candidate").GetProperty("learners").GetInt32());
        Assert.True(whole.GetProperty("candidate").GetProperty("fellSilent").GetInt32() > 20);
        Assert.Equal((40, 0, 1m), (
            whole.GetProperty("customers").GetInt32(), whole.GetProperty("errors").GetInt32(), whole.GetProperty("progress").GetDecimal()));
    }

    [Fact]
    public async Task Another_set_comes_to_something_else_and_nothing_but_the_report_is_written()
    {
        await using var host = await LStepHost.Start(Population.Begin);
        await Population.Play(host, 40);
        var before = await Written.By(host);

        var report = await Finished(host, await Start(host, await Population.Stricter(host), Population.Begin, host.Now));

        Assert.Equal(before, await Written.By(host));
        Assert.NotEqual(report.GetProperty("active").GetRawText(), report.GetProperty("candidate").GetRawText());
        var listed = (await host.Get("/api/rules/backtests")).GetProperty("items");
        Assert.Equal(report.GetRawText(), Assert.Single(listed.EnumerateArray()).GetRawText());
    }

    [Fact]
    public async Task One_that_was_cut_off_goes_on_where_it_was_and_counts_nobody_twice()
    {
        string connection;
        await using (var host = await LStepHost.Start(Population.Begin))
        {
            await Population.Play(host, 200);
            connection = host.ConnectionString;
        }
        await using var database = new PostgresDatabase(connection);
        using var rulebook = new RulebookSource(database, new RuleSets(database), NullLogger<RulebookSource>.Instance);
        await rulebook.Open(BusinessCalendar.Utc);
        var (now, player) = (Population.Begin.AddDays(14), new BacktestPlayer(NullLogger<BacktestPlayer>.Instance));
        Backtests Fresh() => new(database, new RuleHistory(database, rulebook, Wall.Clock), Ids.Fresh);
        async Task<string> Begin() => (await Fresh().Start(
            Person.CommandLine, DefaultRules.Rules, 1, Population.Begin, now, now, CancellationToken.None))!;

        var whole = await Begin();
        while (await Fresh().TakePage(BusinessCalendar.Utc, now, player, CancellationToken.None)) { }
        var cut = await Begin();
        for (var page = 0; page < 20; page++) await Fresh().TakePage(BusinessCalendar.Utc, now, player, CancellationToken.None);
        using (var death = new CancellationTokenSource())
        await using (await UnreadableTable.Hold(connection, "activities"))
        {
            var dying = Fresh().TakePage(BusinessCalendar.Utc, now, player, death.Token);
            await death.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);
        }
        Assert.InRange((await Fresh().One(cut, CancellationToken.None))!.Progress, 0.1m, 0.9m);
        while (await Fresh().TakePage(BusinessCalendar.Utc, now, player, CancellationToken.None)) { }

        var (once, again) = ((await Fresh().One(whole, CancellationToken.None))!, (await Fresh().One(cut, CancellationToken.None))!);
        Assert.Equal((200, 0), (once.Customers, once.Errors));
        Assert.Equal(200, once.Active!.Learners);
        Assert.Equal(JsonSerializer.Serialize(once.Active), JsonSerializer.Serialize(again.Active));
        Assert.Equal(200, again.Customers);
    }

    [Fact]
    public async Task One_runs_and_one_waits_and_more_are_told_to_come_again()
    {
        await using var host = await LStepHost.Start(Population.Begin);
        await host.Post(Track("ada", "Logged In", Population.Begin));
        await host.MoveClock(Population.Begin.AddDays(1));
        var rules = (await host.Get("/api/rules")).GetProperty("rules");
        var ids = new List<string>();
        await using (await UnreadableTable.Hold(host.ConnectionString, "activities"))
        {
            for (var i = 0; i < TrialLimits.BacktestsUnfinishedMax; i++)
                ids.Add(await Start(host, rules, Population.Begin, host.Now));

            var refused = await host.Client.PostAsJsonAsync("/api/rules/backtest", new { rules });

            Assert.Equal((HttpStatusCode.TooManyRequests, "busy"), (refused.StatusCode, await refused.Code()));
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Equal(JsonValueKind.Null, (await host.Get($"/api/rules/backtests/{ids[0]}")).GetProperty("candidate").ValueKind);
        }
        foreach (var id in ids) Assert.Equal(1, (await Finished(host, id)).GetProperty("active").GetProperty("learners").GetInt32());
    }

    [Theory]
    [InlineData("""{"rules":[]}""", 422, "not_a_list")]
    [InlineData("""{"rules":RULES,"from":"2026-01-05T10:00:00Z","to":"2026-01-05T10:00:00Z"}""", 422, "bad_range")]
    [InlineData("""{"rules":RULES,"to":"2026-01-05T10:00:00.001Z"}""", 422, "in_the_future")]
    [InlineData("""{"rules":RULES,"from":"0001-01-01","to":"0001-01-01"}""", 422, "bad_range")]
    [InlineData("""{"rules":RULES,"from":"soon"}""", 400, "bad_json")]
    [InlineData("""{"rules":RULES,"until":"2026-01-05"}""", 400, "bad_json")]
    [InlineData("""{"rules":RULES,"to":"0001-01-01"}""", 422, "bad_range")]
    [InlineData("""{"rules":RULES,"from":"0001-01-01"}""", 202, null)]
    public async Task What_is_asked_wrongly_is_told_so(string body, int status, string? code)
    {
        await using var host = await LStepHost.Start(Population.Begin);
        var rules = (await host.Get("/api/rules")).GetProperty("rules").GetRawText();

        var answer = await host.Client.PostAsync("/api/rules/backtest", new StringContent(
            body.Replace("RULES", rules, StringComparison.Ordinal), global::System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(status, (int)answer.StatusCode);
        if (code is not null) Assert.Equal(code, await answer.Code());
        else await Finished(host, (await answer.Json()).GetProperty("id").GetString()!);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/api/rules/backtests/none")).StatusCode);
    }

    private static async Task<string> Start(LStepHost host, object rules, DateTimeOffset from, DateTimeOffset to)
    {
        var answer = await host.Client.PostAsJsonAsync("/api/rules/backtest", new { rules, from, to });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Json()).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> Finished(LStepHost host, string id)
    {
        JsonElement report = default;
        await Signals.UntilAsync(async () =>
            (report = await host.Get($"/api/rules/backtests/{id}")).GetProperty("finishedAt").ValueKind != JsonValueKind.Null);
        return report;
    }
}
