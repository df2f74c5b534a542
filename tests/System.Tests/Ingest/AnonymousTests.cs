using LStep.Api.Ingest;
using LStep.Grains.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Ingest;

public class AnonymousTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private readonly IngestClient client = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Fact]
    public async Task What_was_done_before_the_sender_was_known_is_attached_by_the_first_identify()
    {
        (await client.Batch(Anonymous("a1", "a1-1"), Anonymous("a1", "a1-2"))).Succeeded();
        Assert.Equal(["a1-1", "a1-2"], await host.Database.Waiting("a1"));
        (await client.Batch(Identify("learner-1", "a1", "a1-3"))).Succeeded();
        Assert.Equal(["a1-1", "a1-2", "a1-3"], await host.Database.Log("learner-1"));
        Assert.Empty(await host.Database.Waiting("a1"));
    }

    [Fact]
    public async Task An_alias_ties_the_previous_id()
    {
        (await client.Batch(Anonymous("a2", "a2-1"))).Succeeded();
        (await client.Batch("""{"type":"alias","userId":"learner-2","previousId":"a2","messageId":"a2-2"}""")).Succeeded();
        Assert.Equal(["a2-1", "a2-2"], await host.Database.Log("learner-2"));
    }

    [Fact]
    public async Task Once_tied_later_events_go_straight_through_and_the_first_tie_stands()
    {
        (await client.Batch(Identify("learner-3", "a3", "a3-1"))).Succeeded();
        (await client.Batch(Identify("learner-4", "a3", "a3-2"))).Succeeded();
        (await client.Batch(Anonymous("a3", "a3-3"))).Succeeded();
        Assert.Equal(["a3-1", "a3-3"], await host.Database.Log("learner-3"));
        Assert.Equal(["a3-2"], await host.Database.Log("learner-4"));
    }

    [Fact]
    public async Task Within_one_batch_the_order_does_not_matter()
    {
        (await client.Batch(Anonymous("a5", "a5-1"), Identify("learner-5", "a5", "a5-2"), Anonymous("a5", "a5-3"))).Succeeded();
        Assert.Equal(["a5-1", "a5-2", "a5-3"], await host.Database.Log("learner-5"));
    }

    [Fact]
    public async Task A_track_with_both_ids_ties_nothing()
    {
        (await client.Batch(Anonymous(
            "a6", "a6-1"), """{"type":"track","userId":"learner-6","anonymousId":"a6","messageId":"a6-2","event":"Login"}""")).Succeeded();
        Assert.Equal(["a6-2"], await host.Database.Log("learner-6"));
        Assert.Equal(["a6-1"], await host.Database.Waiting("a6"));
    }

    [Fact]
    public async Task Events_that_race_with_the_identify_are_each_attached_once()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = $"race-{round}";
            var events = Enumerable.Range(10, 10).Select(i => client.Batch(Anonymous(id, $"{id}-{i}")));
            var all = events.Append(client.Batch(Identify($"learner-{id}", id, $"{id}-00")))
                .Concat(Enumerable.Range(20, 10).Select(i => client.Batch(Anonymous(id, $"{id}-{i}"))));
            foreach (var reply in await Task.WhenAll(all)) reply.Succeeded();
            Assert.Equal(Enumerable.Range(10, 20).Select(i => $"{id}-{i}").Prepend($"{id}-00"), await host.Database.Log($"learner-{id}"));
        }
    }

    [Fact]
    public async Task What_a_crash_left_between_tie_and_forwarding_is_made_up_by_the_sweep()
    {
        (await client.Batch(Anonymous("a7", "a7-1"), Anonymous("a7", "a7-2"))).Succeeded();
        var anonymous = host.Services.GetRequiredService<AnonymousActivities>();
        await anonymous.Tie(Posted.Now, [("a7", "learner-7")]);
        var sweep = host.Services.GetRequiredService<AnonymousSweep>();
        await sweep.Sweep(purge: false, CancellationToken.None);
        Assert.Equal(["a7-1", "a7-2"], await host.Database.Log("learner-7"));
        Assert.Empty(await host.Database.Waiting("a7"));
    }

    [Fact]
    public async Task What_the_log_has_already_is_not_forwarded_again()
    {
        (await client.Batch(Anonymous("a8", "a8-1"))).Succeeded();
        var anonymous = host.Services.GetRequiredService<AnonymousActivities>();
        await anonymous.Tie(Posted.Now, [("a8", "learner-8")]);
        var before = await anonymous.Pending(["a8"]);
        Assert.False(Assert.Single(before).Known);
        (await client.Batch("""{"type":"track","userId":"learner-8","messageId":"a8-1","event":"Login"}""")).Succeeded();
        Assert.True(Assert.Single(await anonymous.Pending(["a8"])).Known);
        await host.Services.GetRequiredService<Forwarding>().Forward(["a8"]);
        Assert.Equal(["a8-1"], await host.Database.Log("learner-8"));
    }

    [Fact]
    public async Task What_waits_behind_any_number_of_events_of_customers_that_cannot_be_read_is_forwarded()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using (var before = await LStepHost.Start(Posted.Now, database))
        {
            (await new IngestClient(before.Address, before.WriteKey).Batch(Identify("broken", "x", "broken-0"))).Succeeded();
            await using var damage = before.Database.Source.CreateCommand("UPDATE customer_states SET state = '\\x63'::bytea || state");
            Assert.Equal(1, await damage.ExecuteNonQueryAsync());
        }
        await using var other = await LStepHost.Start(Posted.Now, database);
        var anonymous = other.Services.GetRequiredService<AnonymousActivities>();

        // One page of ids with one event each, and one id with a page of events.
        var ids = Enumerable.Range(0, KeptLimits.RowsPerPageMax).Select(i => $"a-{i:0000}").ToArray();
        Activity[] front =
        [
            .. ids.Select(id => Posted.Taken($$"""{"type":"page","anonymousId":"{{id}}","messageId":"{{id}}"}""")),
            .. ids.Select(id => Posted.Taken($$"""{"type":"page","anonymousId":"b","messageId":"{{id}}"}""")),
        ];
        await anonymous.Keep(Posted.Now, front);
        await anonymous.Keep(Posted.Now.AddMilliseconds(1), [Posted.Taken(Anonymous("c", "behind")), Posted.Taken(Anonymous("b2", "too"))]);
        await anonymous.Tie(Posted.Now, [.. ids.Append("b").Select(id => (id, "broken")), ("c", "readable"), ("b2", "readable")]);

        await other.Services.GetRequiredService<AnonymousSweep>().Sweep(purge: true, CancellationToken.None);

        Assert.Equal(["behind", "too"], await other.Database.Log("readable"));
        Assert.Equal(2 * KeptLimits.RowsPerPageMax, await other.Database.Count("anonymous_activities"));
    }

    [Fact]
    public async Task An_event_whose_sender_never_became_known_is_forgotten_after_thirty_days()
    {
        var anonymous = host.Services.GetRequiredService<AnonymousActivities>();
        await anonymous.Keep(Posted.Now, [Posted.Taken("""{"type":"track","anonymousId":"a9","messageId":"a9-1","event":"Login"}""")]);
        await anonymous.Purge(Posted.Now.AddDays(30), CancellationToken.None);
        Assert.Equal(["a9-1"], await host.Database.Waiting("a9"));
        await anonymous.Purge(Posted.Now.AddDays(30).AddMilliseconds(1), CancellationToken.None);
        Assert.Empty(await host.Database.Waiting("a9"));
    }

    [Fact]
    public async Task A_tie_reaches_the_events_of_the_30_days_before_it_by_the_products_clock()
    {
        await using var simulated = await LStepHost.Start(Posted.Now);
        var sender = new IngestClient(simulated.Address, simulated.WriteKey);
        (await sender.Batch(Anonymous("late", "late-1"), Anonymous("timely", "timely-1"))).Succeeded();
        await simulated.MoveClock(Posted.Now.AddDays(30));
        (await sender.Batch(Identify("timely-learner", "timely", "timely-2"))).Succeeded();
        await simulated.MoveClock(Posted.Now.AddDays(30).AddMilliseconds(1));
        (await sender.Batch(Anonymous("late", "late-2"), Identify("late-learner", "late", "late-3"))).Succeeded();

        Assert.Equal(["timely-1", "timely-2"], await simulated.Database.Log("timely-learner"));
        Assert.Equal(["late-2", "late-3"], await simulated.Database.Log("late-learner"));
        var sweep = simulated.Services.GetRequiredService<AnonymousSweep>();
        await sweep.Sweep(purge: false, CancellationToken.None);
        Assert.Equal(["late-1"], await simulated.Database.Waiting("late"));
        await sweep.Sweep(purge: true, CancellationToken.None);
        Assert.Empty(await simulated.Database.Waiting("late"));
        Assert.Equal(["late-2", "late-3"], await simulated.Database.Log("late-learner"));
    }

    [Fact]
    public async Task What_was_tied_in_time_is_not_purged_before_its_customers_log_has_it()
    {
        (await client.Batch(Anonymous("a10", "a10-1"))).Succeeded();
        var anonymous = host.Services.GetRequiredService<AnonymousActivities>();
        await anonymous.Tie(host.Now, [("a10", "learner-10")]);
        await anonymous.Purge(host.Now.AddDays(90), CancellationToken.None);
        await host.Services.GetRequiredService<Forwarding>().Forward(["a10"]);
        Assert.Equal(["a10-1"], await host.Database.Log("learner-10"));
    }

    [Fact]
    public async Task An_event_that_is_sent_again_when_nobody_can_be_tied_to_it_any_more_is_kept_anew()
    {
        var anonymous = host.Services.GetRequiredService<AnonymousActivities>();
        Activity[] sent = [Posted.Taken("""{"type":"track","anonymousId":"a11","messageId":"a11-1","event":"Login"}""")];
        Assert.Single((await anonymous.Keep(Posted.Now, [sent[0], sent[0]])).New);
        Assert.Empty((await anonymous.Keep(Posted.Now.AddDays(30), sent)).New);
        Assert.Single((await anonymous.Keep(Posted.Now.AddDays(30).AddMilliseconds(1), sent)).New);
        await anonymous.Tie(Posted.Now.AddDays(50), [("a11", "learner-11")]);
        await host.Services.GetRequiredService<Forwarding>().Forward(["a11"]);
        Assert.Equal(["a11-1"], await host.Database.Log("learner-11"));
    }

    private static string Anonymous(string anonymousId, string messageId) =>
        $$"""{"type":"track","anonymousId":"{{anonymousId}}","messageId":"{{messageId}}","event":"Lesson Completed"}""";

    private static string Identify(string userId, string anonymousId, string messageId) =>
        $$"""{"type":"identify","userId":"{{userId}}","anonymousId":"{{anonymousId}}","messageId":"{{messageId}}","traits":{"plan":"Pro"} }""";

    /// <summary>The same visitor's events in opposite orders from two tabs: neither request waits for the other's rows for ever.</summary>
    [Fact]
    public async Task Requests_with_the_same_events_in_opposite_orders_do_not_block_each_other()
    {
        for (var round = 0; round < 20; round++)
        {
            var messages = Enumerable.Range(0, 500)
                .Select(n => $$"""{"type":"page","anonymousId":"tabs {{round}} {{n % 50}}","messageId":"tabs {{round}} {{n}}"}""")
                    .ToArray();
            var replies = await Task.WhenAll(client.Batch(messages), client.Batch([.. messages.Reverse()]), client.Batch(messages));
            Assert.All(replies, reply => reply.Succeeded());
        }
    }
}
