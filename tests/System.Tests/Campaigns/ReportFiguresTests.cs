using System.Text.Json;
using LStep.Domain.Campaigning;
using static LStep.System.Tests.Campaigns.ActionLines;

namespace LStep.System.Tests.Campaigns;

/// <summary>A report of thousands of customers, written as their messages, moves and days would have been.</summary>
public sealed class ReportFiguresTests
{
    private const int Customers = 4_000;

    [Fact]
    public async Task Of_enough_customers_there_are_rates_an_uplift_and_a_leader_and_none_of_those_whose_days_are_not_over()
    {
        await using var host = await Start();
        await host.MoveClock(Begin.AddDays(30));
        // A fifth is held out, the rest is half a, half b; 60 of a hundred of a convert, 30 of b and 20 of the holdout, and as many recover
        // everywhere.
        await host.Sql($"""
            CREATE TABLE given AS
            SELECT id, held_out, variant, timestamptz '2026-03-05 10:00Z' AS at, share < 5 AS recovers,
                share < CASE WHEN held_out THEN 2 WHEN variant = 'a' THEN 6 ELSE 3 END AS converts
            FROM (
                SELECT 'many-' || n AS id, n % 5 = 0 AS held_out, CASE WHEN n / 5 % 2 = 0 THEN 'a' ELSE 'b' END AS variant,
                    n / 10 % 10 AS share
                FROM generate_series(0, {Customers - 1}) n
            ) drawn
            """);
        await ManyStarts.Insert(host, "given");
        var report = await Report(host);
        var groups = report.GetProperty("groups").EnumerateArray().ToDictionary(one => one.Text("variant"));
        var (a, b, holdout) = (Counts(groups["a"]), Counts(groups["b"]), Counts(groups[""]));
        Assert.Equal(
            (new ArmCounts(1_600, 960), new ArmCounts(1_600, 480), new ArmCounts(800, 160)), (a.Converted, b.Converted, holdout.Converted));
        Assert.Equal(
            (new ArmCounts(1_600, 800), new ArmCounts(1_600, 800), new ArmCounts(800, 400)), (a.Recovered, b.Recovered, holdout.Recovered));
        foreach (var (group, counts) in new[] { (groups["a"], a), (groups["b"], b) })
        {
            Is(Uplift.Against(holdout.Converted, counts.Converted, 2)!.Value, group.GetProperty("uplift").GetProperty("converted"));
            Is(Uplift.Against(holdout.Recovered, counts.Recovered, 2)!.Value, group.GetProperty("uplift").GetProperty("recovered"));
            Assert.Equal("True False", string.Join(
                ' ', new[] { "converted", "recovered" }.Select(name => group.GetProperty("uplift").GetProperty(name).Text("certain"))));
            Assert.Equal("", group.Text("whyNoUplift"));
        }
        Assert.Equal(0.6, groups["a"].GetProperty("rates").GetProperty("converted").GetProperty("value").GetDouble(), 9);
        Assert.InRange(0.6, groups["a"].GetProperty("rates").GetProperty("converted").GetProperty("low").GetDouble(), 0.6);
        Assert.Equal(JsonValueKind.Null, groups[""].GetProperty("rates").GetProperty("opened").ValueKind);
        Assert.Equal("a", report.Text("leader"));

        // As many again who came yesterday, and have not had their days: they count, and change no rate.
        await host.Sql("""
            CREATE TABLE later AS
            SELECT 'later-' || id AS id, held_out, variant, timestamptz '2026-04-01 10:00Z' AS at, false AS recovers, false AS converts
            FROM given
            """);
        await ManyStarts.Insert(host, "later");
        var after = await Report(host);
        Assert.Equal(3_200, after.GetProperty("groups")[0].GetProperty("customers").GetInt32());
        Assert.Equal(report.GetProperty("groups")[0].GetProperty("uplift").GetRawText(), after.GetProperty("groups")[0].GetProperty(
            "uplift").GetRawText());
        var young = (await Report(host, "?from=2026-03-20")).GetProperty("groups")[0];
        Assert.Equal(
            "converted: the outcome of 0 customers of the holdout is known, 7 days after their start; a figure needs 100.",
            young.Text("whyNoUplift"));
    }

    private static Task<JsonElement> Report(LStepHost host, string query = "") =>
        host.Get($"/api/campaigns/personal_check_in/report{query}");

    private static (ArmCounts Converted, ArmCounts Recovered) Counts(JsonElement group)
    {
        return (Of("converted"), Of("recovered"));

        ArmCounts Of(string name) => new(group.GetProperty("known").GetProperty(name).GetInt64(), group.GetProperty(name).GetInt64());
    }

    private static void Is(UpliftFigure expected, JsonElement answer)
    {
        Assert.Equal(expected.Estimate, answer.GetProperty("difference").GetDouble(), 9);
        Assert.Equal(expected.Interval.Low, answer.GetProperty("low").GetDouble(), 9);
        Assert.Equal(expected.Interval.High, answer.GetProperty("high").GetDouble(), 9);
    }
}
