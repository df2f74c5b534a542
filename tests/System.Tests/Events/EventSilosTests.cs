using System.Net.Http.Json;
using System.Text.Json;
using LStep.Grains.Events;
using LStep.Grains.People;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Events;

/// <summary>Several silos on one database keep one catalogue.</summary>
public sealed class EventSilosTests : IAsyncLifetime
{
    private LStepHost here = null!;
    private LStepHost there = null!;

    public async Task InitializeAsync()
    {
        here = await LStepHost.Start();
        there = await LStepHost.Start(connectionString: here.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await there.DisposeAsync();
        await here.DisposeAsync();
    }

    [Fact]
    public async Task Counts_of_several_silos_add_up_and_a_decision_reaches_every_one()
    {
        await Send(here, "Sticker Collected", "sticker_collected");
        await Send(there, "STICKER COLLECTED");
        await Signals.UntilAsync(async () => (await Entry(here)).GetProperty("count").GetInt32() == 3);

        using var answer = await here.Client.PutAsJsonAsync("/api/events/Sticker%20Collected", new { activity = "comment" });
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(ActivityType.Comment, here.Services.GetRequiredService<EventCatalogue>().Decided.Find("stickercollected"));
        var since = Environment.TickCount64;
        await Signals.Until(() => there.Services.GetRequiredService<EventCatalogue>().Decided.Find("stickercollected") is not null);
        Assert.InRange(Environment.TickCount64 - since, 0, 5_000);
        await Send(there, "Sticker Collected");
        Assert.Contains("Comment Sticker Collected", await here.Database.Events("learner"));
    }

    [Fact]
    public async Task What_was_counted_last_is_written_at_the_stop_and_a_decision_holds_from_the_first_event_after_the_start()
    {
        await Send(there, "Sticker Collected");
        using var answer = await there.Client.PutAsJsonAsync("/api/events/Sticker%20Collected", new { activity = "comment" });
        await Send(there, "Sticker Collected", "Sticker Collected");
        await there.DisposeAsync();
        Assert.Equal(3, (await Entry(here)).GetProperty("count").GetInt32());
        there = await LStepHost.Start(connectionString: here.ConnectionString);
        Assert.Equal(ActivityType.Comment, there.Services.GetRequiredService<EventCatalogue>().Decided.Find("stickercollected"));
    }

    [Fact]
    public async Task A_full_catalogue_counts_new_names_together_until_old_ones_make_room()
    {
        var (counts, catalogue) = (here.Services.GetRequiredService<EventCounts>(), here.Services.GetRequiredService<EventCatalogue>());
        for (var n = 0; n < EventLimits.NamesMax; n++) counts.Add($"filler{n}", $"Filler {n}", here.Now);
        await catalogue.All(CancellationToken.None);
        await Send(here, "Sticker Collected", "Sticker Collected", "Lesson Completed");
        await catalogue.Decide("filler7", ActivityType.Other, Person.CommandLine, CancellationToken.None);

        var page = await here.Get("/api/events?limit=1");
        Assert.Equal(3, page.GetProperty("others").GetProperty("count").GetInt32());
        Assert.Equal(EventLimits.NamesMax + 1, (await catalogue.All(CancellationToken.None)).Count);

        // Not before: a silo forgets by itself, too.
        var longAgo = here.Now.AddDays(-EventLimits.DaysUnseenMax - 1);
        await using var age = here.Database.Source.CreateCommand(
            $"UPDATE event_names SET last_seen_at = '{longAgo:O}' WHERE key LIKE 'filler%'");
        await age.ExecuteNonQueryAsync();
        await catalogue.Forget(CancellationToken.None);
        await Send(here, "Sticker Collected");
        Assert.Equal(1, (await Entry(here)).GetProperty("count").GetInt32());
        Assert.Equal(["", "filler7", "stickercollected"], (await catalogue.All(CancellationToken.None)).Select(row => row.Key).Order());
    }

    private static async Task Send(LStepHost host, params string[] names) =>
        (await new IngestClient(host.Address, host.WriteKey).Batch(
            [.. names.Select(name => JsonSerializer.Serialize(new { type = "track", userId = "learner", @event = name }))])).Succeeded();

    private static async Task<JsonElement> Entry(LStepHost host) => Assert.Single(
        (await host.Get("/api/events?q=sticker")).GetProperty("items").EnumerateArray());
}
