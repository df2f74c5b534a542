using LStep.Grains;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Cluster;

/// <summary>A customer that no longer knows what was committed leaves memory; calls that come just then.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task Calls_sent_while_a_customer_leaves_are_answered_or_refused_as_passing_and_sent_again_count_once()
    {
        var witness = new Witness();
        await using var host = await WitnessedHost.Start(witness);
        await host.Record("cut", "m0");
        var leaving = Assert.Single(witness.Calls).Activation;
        // A question under way keeps it from being gone at once.
        var gate = witness.HoldAtTheBeginning("View");
        var question = host.Customer("cut").View();
        await witness.UntilBegun("View");
        await using var held = await HeldTable.Hold(host.ConnectionString, "customer_states");
        var unclear = host.Record("cut", "m1");
        await held.CutOffWhoWaits();
        await held.LetGo();
        await Assert.ThrowsAsync<StorageUnavailableException>(() => unclear);

        var ids = Enumerable.Range(2, 40).Select(n => $"m{n}").ToList();
        var sent = ids.ToDictionary(id => id, id => host.Record("cut", id));
        gate.SetResult();

        Assert.Equal(1, (await question)!.Version);
        foreach (var (id, call) in sent) await IsAnsweredOrRefused(host, witness, id, call);
        Assert.DoesNotContain(witness.Calls, call => call.Activation == leaving && ids.Contains(call.MessageId!));
        await SentAgainAllCountOnce(host, ["m0", "m1", .. ids]);
    }

    private static async Task IsAnsweredOrRefused(LStepHost host, Witness witness, string id, Task<Receipt> call)
    {
        try
        {
            Assert.Equal(RecordOutcome.Accepted, Assert.Single((await call).Items).Outcome);
        }
        catch (Exception refused) when (TransientFailure.Is(refused))
        {
            Assert.DoesNotContain(witness.Calls, begun => begun.MessageId == id);
            Assert.DoesNotContain(id, await host.Database.Log("cut"));
        }
    }

    private static async Task SentAgainAllCountOnce(LStepHost host, string[] ids)
    {
        foreach (var id in ids) await host.Record("cut", id);
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await host.Database.Log("cut")).Order(StringComparer.Ordinal));
        Assert.Equal(ids.Length, (await host.Get("/api/customers/cut")).GetProperty("metrics").GetProperty("lessons_completed").GetInt32());
        var rulebook = host.Services.GetRequiredService<RulebookSource>().Current;
        var verified = await host.Services.GetRequiredService<Verify>().Run(rulebook, host.Now);
        Assert.True(verified.Same, string.Join('\n', verified.Differences));
    }
}
