using LStep.Workbench.Auditing;
using LStep.Workbench.Faults;
using Npgsql;

namespace LStep.System.Tests.Faults;

/// <summary>An audit that cannot fail proves nothing.</summary>
public sealed class AuditTests
{
    /// <summary>What is done to a sound database, and the line that must tell of it. Each adds to those before.</summary>
    private static readonly (string Tampering, string Line)[] Tampered =
    [
        ("DELETE FROM activities WHERE ctid = (SELECT min(ctid) FROM activities)", Audit.Missing),
        ("INSERT INTO activities SELECT * FROM activities ORDER BY customer_id, message_id LIMIT 1", Audit.Twice),
        ("INSERT INTO activities SELECT customer_id, 'nobody sent this', received_at, occurred_at, recorded_at, sequence, version, type, "
            + "event, origin, batch_no, properties, subject, score, final, curriculum_completion, count, mobile, anonymous_id FROM "
            + "activities LIMIT 1", Audit.Unasked),
        ("UPDATE customer_states SET tag = 'ST_006' WHERE customer_id = (SELECT min(customer_id) FROM customer_states WHERE tag = "
            + "'ST_001')", "customers whose state is not at their current tag"),
        ("DROP INDEX customer_status_assignments_current; UPDATE customer_status_assignments SET is_current = true WHERE number = 1",
            "customers with two current tags, or none"),
        ("DELETE FROM customers WHERE customer_id = (SELECT min(customer_id) FROM customers)", "customers without a profile"),
        ("DELETE FROM decisions d USING customer_status_assignments a WHERE a.customer_id = d.customer_id AND a.decision_number = d.number",
            "transitions by a rule without their decision record"),
        ("DELETE FROM decisions d USING reviews r WHERE r.customer_id = d.customer_id AND r.decision_number = d.number AND r.customer_id "
            + "= (SELECT min(customer_id) FROM reviews)", "reviews without their decision record"),
        ("DELETE FROM reviews WHERE customer_id = (SELECT max(customer_id) FROM reviews)", "decisions to ask without their review"),
        ("UPDATE reviews SET transition_number = 99", "reviews closed by a transition that is not there"),
        ("DELETE FROM campaign_causes WHERE kind = 0 AND customer_id = (SELECT min(customer_id) FROM campaign_causes WHERE kind = 0)",
            Audit.WithoutActions),
        ("UPDATE campaign_causes SET number = 99 WHERE kind = 0 AND number = 1 AND customer_id = (SELECT max(customer_id) FROM "
            + "campaign_causes WHERE kind = 0)", Audit.WithoutTransition),
        ("DELETE FROM campaign_actions WHERE id = (SELECT min(a.id) FROM campaign_actions a JOIN campaign_causes c ON c.customer_id = "
            + "a.customer_id AND c.kind = a.cause_kind AND c.number = a.cause_number)", Audit.WithoutActions),
        ("UPDATE campaign_actions SET cause_number = 98 WHERE id = (SELECT min(a.id) FROM campaign_actions a JOIN campaign_causes c ON "
            + "c.customer_id = a.customer_id AND c.kind = a.cause_kind AND c.number = a.cause_number)", Audit.WithoutTransition),
        // Of a tag that no grain plans: the silo is still there.
        ("UPDATE campaign_causes SET planned_at = NULL, at = at - interval '1 hour', tag = 'ST_009' WHERE kind = 0", Audit.WithoutActions),
        ("UPDATE campaign_actions SET campaign = 'another' WHERE campaign = 'welcome_active_learner'", Audit.WithoutActions),
    ];

    [Fact]
    public async Task Each_line_stays_0_until_what_it_looks_for_is_there()
    {
        await using var host = await LStepHost.Start();
        var load = Load.Of([host.Address], host.WriteKey, customers: 80, requests: 60);
        await load.Run(requestsInAll: 60);
        await load.Audit(host.ConnectionString);

        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        Assert.All(await Lines(), line => Assert.True(line.Found == 0, $"{line}"));
        foreach (var (tampering, line) in Tampered)
        {
            var before = (await Lines()).Single(one => one.What == line).Found;
            await using var command = source.CreateCommand(tampering);
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
            Assert.True((await Lines()).Single(one => one.What == line).Found > before, tampering);
        }
        Assert.NotEqual(0, (await Lines()).Single(one => one.What == Audit.VerifyDifferences).Found);

        Task<IEnumerable<AuditLine>> Lines() => new Audit(host.ConnectionString).Run(load.Acknowledged, Wall.Now)
            .ContinueWith(run => run.Result.AsEnumerable(), TaskScheduler.Default);
    }

    [Fact]
    public async Task A_decision_to_move_whose_transition_is_gone_is_told()
    {
        await using var host = await LStepHost.Start();
        var load = Load.Of([host.Address], host.WriteKey, customers: 80, requests: 60);
        await load.Run(requestsInAll: 60);

        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(
            "DELETE FROM customer_status_assignments WHERE id = (SELECT max(id) FROM customer_status_assignments WHERE decision_number IS "
                + "NOT NULL)");
        Assert.Equal(1, await command.ExecuteNonQueryAsync());

        var lines = await new Audit(host.ConnectionString).Run(load.Acknowledged, Wall.Now);
        Assert.Equal(
            [
                Audit.WithoutTransition, "customers with two current tags, or none",
                "decisions to move without their transition", Audit.VerifyDifferences,
            ],
            lines.Where(line => line.Found > 0).Select(line => line.What));
    }

    [Theory]
    [InlineData(new long[] { 1, 2, 4, 7 }, 0, null)]
    [InlineData(new long[] { 1, 4, 7 }, 1, "lost 2")]
    [InlineData(new long[] { 1, 2, 4 }, 1, "lost 7")]
    [InlineData(new long[] { 1, 2, 2, 4, 7 }, 1, "repeated 2")]
    [InlineData(new long[] { 1, 4, 2, 7 }, 1, "out of order 2")]
    [InlineData(new long[] { 1, 2, 3, 4, 7 }, 1, "not in the ledger 3")]
    [InlineData(new long[] { }, 4, "lost 1")]
    public void What_a_hub_client_heard_is_the_ledger_or_a_gap(long[] heard, long gaps, string? first) =>
        Assert.Equal((gaps, first), Audit.Gaps([1, 2, 4, 7], heard));
}
