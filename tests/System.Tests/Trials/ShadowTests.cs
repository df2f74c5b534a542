using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Trials;

/// <summary>A published version that runs beside the live one.</summary>
public sealed class ShadowTests
{
    private static readonly DateTimeOffset Begin = Population.Begin;

    [Fact]
    public async Task What_the_shadow_asks_for_is_told_beside_what_the_live_set_asked_for_and_moves_nobody()
    {
        await using var host = await LStepHost.Start(Begin);
        // The live version asks for three modules where the one in shadow asks for two.
        await Publish(host, 2, rule => rule.Id == 1 ? rule with { Conditions = Clause(Metric.ModulesCompleted, 3) } : rule);
        await Shadow(host, 1);
        await host.Post(Track("same", "Logged In", Begin));
        await host.Post(
            Track("ahead", "Module Completed", Begin), Track("ahead", "Module Completed", Begin, messageId: "second"),
            Track("ahead", "Quiz Completed", Begin, new { score = 90 }));

        var report = await Report(host, compared: 2);

        Assert.Equal("ST_001", (await host.Get("/api/customers/ahead")).GetProperty("tag").GetString());
        Assert.Equal((1, 2), (report.GetProperty("version").GetInt32(), report.GetProperty("liveVersion").GetInt32()));
        Assert.Equal((1, 0.5m), (report.GetProperty("differing").GetInt32(), report.GetProperty("agreement").GetDecimal()));
        var item = Assert.Single(report.GetProperty("items").EnumerateArray());
        Assert.Equal(("ahead", Begin, "ST_001", 1), (
            item.GetProperty("customerId").GetString(), item.GetProperty("at").GetDateTimeOffset(), item.GetProperty("tag").GetString(),
            item.GetProperty("times").GetInt32()));
        Assert.Equal(("stay", null, "move", "ST_002"), Asked(item));
        var kind = Assert.Single(report.GetProperty("counts").EnumerateArray());
        Assert.Equal((("stay", null, "move", "ST_002"), 1), (Asked(kind), kind.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task The_runs_over_the_population_ask_it_too_and_its_list_has_pages()
    {
        await using var host = await LStepHost.Start(Begin);
        await Publish(host, 2, rule => rule.Id is 3 or 7 or 8 ? rule with { Active = false } : rule);
        await Shadow(host, 1);
        await host.Post([.. Enumerable.Range(0, 5).Select(one => Track($"silent-{one}", "Logged In", Begin))]);
        await host.MoveClock(Begin.AddDays(6));

        JsonElement first = default;
        await Signals.UntilAsync(async () =>
            (first = await host.Get("/api/rules/shadow?limit=2")).GetProperty("items").GetArrayLength() == 2);
        var (ids, next) = (Ids(first), first.GetProperty("next").GetString());
        while (next is not null)
        {
            var page = await host.Get($"/api/rules/shadow?limit=2&cursor={next}");
            ids.AddRange(Ids(page));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(["silent-0", "silent-1", "silent-2", "silent-3", "silent-4"], ids.Order());
        Assert.All(first.GetProperty("items").EnumerateArray(), item => Assert.Equal(("stay", null, "move", "ST_004"), Asked(item)));
        foreach (var id in ids) Assert.Equal("ST_001", (await host.Get($"/api/customers/{id}")).GetProperty("tag").GetString());
    }

    [Fact]
    public async Task Without_a_version_in_shadow_the_report_is_empty()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Track("ada", "Logged In", Begin));

        var report = await host.Get("/api/rules/shadow");

        Assert.Equal(JsonValueKind.Null, report.GetProperty("version").ValueKind);
        Assert.Equal((0, 0), (report.GetProperty("compared").GetInt32(), report.GetProperty("items").GetArrayLength()));
    }

    private static Condition.Clause Clause(Metric metric, decimal least) =>
        new(metric, null, Operator.AtLeast, new Threshold([least], []));

    private static async Task Publish(LStepHost host, int version, Func<Rule, Rule> change)
    {
        await host.Services.GetRequiredService<RuleSets>().Publish(
            new RuleSet(version, "tester", host.Now, [.. DefaultRules.Rules.Select(change)]), "", batchId: null);
        await host.Services.GetRequiredService<RulebookSource>().Refresh();
    }

    private static async Task Shadow(LStepHost host, int version) =>
        Assert.True((await host.Client.PutAsJsonAsync("/api/flags/shadow_rules", new { value = version })).IsSuccessStatusCode);

    private static async Task<JsonElement> Report(LStepHost host, int compared)
    {
        JsonElement report = default;
        await Signals.UntilAsync(async () =>
            (report = await host.Get("/api/rules/shadow")).GetProperty("compared").GetInt32() >= compared);
        return report;
    }

    private static List<string> Ids(JsonElement report) =>
        [.. report.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("customerId").GetString()!)];

    private static (string? Live, string? LiveTo, string? Shadow, string? ShadowTo) Asked(JsonElement item) => (
        item.GetProperty("live").GetProperty("action").GetString(), item.GetProperty("live").GetProperty("to").GetString(),
        item.GetProperty("shadow").GetProperty("action").GetString(), item.GetProperty("shadow").GetProperty("to").GetString());
}
