using LStep.Silo.Clock;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Cluster;

/// <summary>Which calls of one customer may begin while another is under way.</summary>
public sealed class InterleavingTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Recordings_begin_while_a_commit_is_under_way_and_those_that_gathered_are_committed_together()
    {
        var witness = new Witness();
        await using var host = await WitnessedHost.Start(witness);
        await host.Record("busy", "m0");
        witness.Forget();
        await using var held = await HeldTable.Hold(host.ConnectionString, "customer_states");
        var first = host.Record("busy", "m1");
        await held.UntilSomebodyWaits();

        var gathered = new[] { host.Record("busy", "m2"), host.Record("busy", "m3"), host.Record("busy", "m4") };
        await witness.UntilBegun("Record", times: 4);

        Assert.DoesNotContain([first, .. gathered], call => call.IsCompleted);
        await held.LetGo();
        await Task.WhenAll([first, .. gathered]);
        Assert.Equal([("m0", 1), ("m1", 2), ("m2", 3), ("m3", 3), ("m4", 3)], await Versions(host, "busy"));
    }

    [Fact]
    public async Task An_evaluation_lets_recordings_begin_and_no_other_call_and_what_they_bring_is_decided_after_it()
    {
        var witness = new Witness();
        await using var host = await WitnessedHost.Start(witness, Begin);
        await host.Post(
            Identify("silent", Begin, new { enrolledAt = Begin.AddDays(-20) }),
            Track("silent", "Lesson Completed", Begin, messageId: "m0"));
        // The clock alone: nobody looks who became due.
        host.Services.GetRequiredService<SimulatedTimeProvider>().MoveTo(Begin.AddDays(9));
        witness.Forget();
        await using var held = await HeldTable.Hold(host.ConnectionString, "customer_states");
        var falls = host.Customer("silent").Evaluate(null);
        await held.UntilSomebodyWaits();

        var again = host.Customer("silent").Evaluate(null);
        var seen = host.Customer("silent").View();
        var back = host.Record("silent", "m1");
        await witness.UntilBegun("Record");

        // Calls are looked at in the order they came: the two before it were, and were left to wait.
        Assert.Equal((1, 0), (witness.Count("Evaluate"), witness.Count("View")));
        await held.LetGo();
        Assert.Equal((StatusTag.Active, StatusTag.Declining), ((await falls)!.CurrentTag, (await falls)!.Recommended));
        await back;
        Assert.Equal(StatusTag.Declining, (await again)!.CurrentTag);
        Assert.Equal(3, (await seen)!.Version);
        Assert.Equal([("m0", 1), ("m1", 3)], (await Versions(host, "silent")).Where(row => row.MessageId[0] == 'm'));
    }

    private static async Task<List<(string MessageId, long Version)>> Versions(LStepHost host, string customer)
    {
        await using var command = host.Database.Source.CreateCommand(
            "SELECT message_id, version FROM activities WHERE customer_id = $1 ORDER BY message_id");
        command.Parameters.Add(new() { Value = customer });
        await using var rows = await command.ExecuteReaderAsync();
        var versions = new List<(string, long)>();
        while (await rows.ReadAsync()) versions.Add((rows.GetString(0), rows.GetInt64(1)));
        return versions;
    }
}
