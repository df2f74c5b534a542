using System.Net.Http.Json;
using LStep.Domain.Campaigning;
using static LStep.System.Tests.Campaigns.ActionLines;

namespace LStep.System.Tests.Campaigns;

/// <summary>
/// Transitions, times the campaigns that each starts, times their steps, are the actions: none missing, none beside them.
/// </summary>
public sealed class CountsTests
{
    private const int Customers = 40, Moves = 6, Seed = 20_260_303;

    /// <summary>
    /// Tag, campaign, and for whom it is by the contract's table: tiers F, P, E; ! where only the first time, &lt; where only from behind.
    /// </summary>
    private static readonly (string Tag, string Campaign, string For)[] Table =
    [
        ("ST_001", "welcome_active_learner", "FPE!"), ("ST_001", "add_to_beginner_group", "FPE!"), ("ST_001", "standard_nurturing", "P!"),
        ("ST_001", "welcome_back", "FPE<"),
        ("ST_002", "progression_milestone", "FPE!"), ("ST_002", "unlock_advanced_modules", "FPE!"),
        ("ST_002", "advanced_features_push", "FPE!"), ("ST_002", "upgrade_nurturing", "F!"),
        ("ST_003", "mastery_achievement", "FPE!"), ("ST_003", "ppal_expert_badge", "FPE!"), ("ST_003", "expert_opportunities", "FPE!"),
        ("ST_003", "expansion_and_advocacy", "E"), ("ST_003", "expert_advocacy_program", "FPE"),
        ("ST_004", "cs_alert", "FPE"), ("ST_004", "personal_check_in", "FPE"), ("ST_004", "trial_extension", "F"),
        ("ST_004", "immediate_csm_intervention", "PE"),
        ("ST_005", "schedule_personal_call", "PE"), ("ST_005", "custom_learning_path", "FPE"), ("ST_005", "course_discount", "FPE"),
        ("ST_005", "comeback_checklist", "FPE"),
        ("ST_006", "churn_notice", "FPE"), ("ST_006", "quarterly_winback", "FPE"), ("ST_006", "value_demonstration", "F"),
    ];

    [Fact]
    public async Task After_many_moves_and_undos_the_actions_are_as_many_as_the_table_says_and_each_comes_to_an_end_with_its_reason()
    {
        var random = new Random(Seed);
        await using var host = await Start();
        var expected = new Dictionary<string, int>();
        var rows = 0;
        for (var n = 0; n < Customers; n++)
        {
            var (id, tier) = ($"learner-{n}", new[] { "Freemium", "Pro", "Enterprise" }[random.Next(3)]);
            var standing = new List<string>();
            await host.Come(id, new { tier, email = $"{id}@example.org" });
            Moved("ST_001");
            for (var move = 0; move < Moves; move++)
            {
                if (standing.Count > 1 && random.Next(5) == 0)
                {
                    var latest = (await host.Get($"/api/customers/{id}")).GetProperty("recentTransitions").EnumerateArray()
                        .First(row => row.Text("undoneAt").Length == 0 && row.Text("undoes").Length == 0);
                    Assert.True(
                        (await host.Client.PostAsJsonAsync($"/api/transitions/{latest.Text("id")}/undo", new { })).IsSuccessStatusCode);
                    await host.MoveClock(host.Now);
                    standing.RemoveAt(standing.Count - 1);
                    rows++;
                }
                else
                {
                    var to = $"ST_00{random.Next(1, 7)}";
                    if (to == standing[^1]) continue;
                    await host.Put(id, to);
                    Moved(to);
                }
                if (random.Next(3) == 0) await host.MoveClock(host.Now.AddMinutes(random.Next(90)));
            }

            void Moved(string to)
            {
                foreach (var line in Table.Where(line => line.Tag == to && line.For.Contains(tier[0])))
                    if ((!line.For.Contains('!') || !standing.Contains(to))
                        && (!line.For.Contains('<') || (standing.Count > 0 && string.CompareOrdinal(standing[^1], "ST_004") >= 0)))
                        expected[line.Campaign] = expected.GetValueOrDefault(line.Campaign) + 1;
                standing.Add(to);
                rows++;
            }
        }
        await host.MoveClock(host.Now.AddDays(95));

        Assert.Equal([$"{rows}"], await host.Sql("SELECT count(*) FROM customer_status_assignments"));
        Assert.Equal([$"{rows}"], await host.Sql("SELECT count(*) FROM campaign_causes WHERE kind = 0 AND planned_at IS NOT NULL"));
        var steps = DefaultCampaigns.Campaigns.ToDictionary(one => one.Name, one => one.Steps.Length);
        Assert.Equal(
            expected.Select(one => $"{one.Key} {one.Value * steps[one.Key]}").Order(StringComparer.Ordinal),
            (await host.Sql("SELECT campaign, count(*) FROM campaign_actions GROUP BY campaign")).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["True"], await host.Sql("SELECT (SELECT count(*) FROM campaign_actions) = (SELECT sum(actions) FROM campaign_causes)"));
        Assert.Equal(
            ["0"],
            await host.Sql("SELECT count(*) FROM campaign_actions a WHERE NOT EXISTS (SELECT FROM campaign_causes c WHERE c.customer_id = "
                + "a.customer_id AND c.kind = a.cause_kind AND c.number = a.cause_number)"));
        await CameToAnEnd(host);
    }

    private static async Task CameToAnEnd(LStepHost host)
    {
        // Sent, suppressed, cancelled: nothing is under way, and only what was sent has no reason.
        Assert.Equal(["3", "5", "6"], await host.Sql("SELECT DISTINCT status FROM campaign_actions ORDER BY status"));
        Assert.Equal(["0"], await host.Sql("SELECT count(*) FROM campaign_actions WHERE (status = 3) <> (reason IS NULL)"));
        Assert.Equal(["0"], await host.Sql("SELECT count(*) FROM campaign_actions WHERE sent_at < scheduled_for"));
        // Three in a week and one a day, of anybody's.
        Assert.Equal(
            ["0"],
            await host.Sql(
                "SELECT count(*) FROM campaign_actions a WHERE kind = 1 AND status = 3 AND channel IN (0, 1, 3) AND (SELECT count(*) "
                + "FROM campaign_actions b WHERE b.customer_id = a.customer_id AND b.kind = 1 AND b.status = 3 AND b.channel IN (0, 1, 3) "
                + "AND b.sent_at <= a.sent_at AND (b.sent_at > a.sent_at - interval '168 hours' OR b.sent_at::date = a.sent_at::date)) > "
                + "3"));
        Assert.Equal(
            [],
            await host.Sql("SELECT customer_id, (sent_at AT TIME ZONE 'UTC')::date FROM campaign_actions WHERE kind = 1 AND status = 3 "
                + "AND channel IN (0, 1, 3) GROUP BY 1, 2 HAVING count(*) > 1"));
        Assert.Equal(
            ["0"],
            await host.Sql("SELECT count(*) FROM campaign_actions WHERE kind = 1 AND status = 3 "
                + "AND NOT extract(hour FROM sent_at AT TIME ZONE 'UTC') BETWEEN 8 AND 20"));
    }
}
