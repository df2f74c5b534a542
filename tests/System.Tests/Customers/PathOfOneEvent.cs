using LStep.Grains.Customers;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>The path that ARCHITECTURE.md describes, walked from the HTTP request to the hub's message.</summary>
public sealed class PathOfOneEvent(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;

    [Fact]
    public async Task An_activity_becomes_durable_moves_the_tag_and_is_told_in_that_order()
    {
        await using var hub = await HubClient.Connect(host.Address, host.AdminToken);
        await hub.Subscribe(new { });
        var now = host.Now;

        // 1. A learner the product has never heard of does what the contract's first case says, in one request.
        await host.Post(
            Identify("ada", now, new { email = "ada@example.org", tier = "Pro" }),
            Track("ada", "Logged In", now.AddHours(-3)),
            Track("ada", "Lesson Completed", now.AddHours(-2), new { lessonId = "l1" }),
            Track("ada", "Module Completed", now.AddHours(-2), new { moduleId = "m1" }),
            Track("ada", "Module Completed", now.AddHours(-1), new { moduleId = "m2" }, "ada-m2"),
            Track("ada", "Quiz Completed", now.AddHours(-1), new { score = 75 }));

        // 2. It was acknowledged, so the log has it.
        var store = new CustomerStore(host.Database);
        Assert.True((await store.KnownMessages("ada", ["ada-m2"])).Contains("ada-m2"));

        // 3. The state moved in the same commit, and says why.
        var ada = await host.Get("/api/customers/ada");
        Assert.Equal("ST_002", ada.GetProperty("tag").GetString());
        var moved = (await host.Get("/api/transitions?limit=500")).GetProperty("items").EnumerateArray()
            .Last(t => t.GetProperty("customerId").GetString() == "ada");
        Assert.Equal(("ST_001", "ST_002", "Active to Progressing"), (
            moved.GetProperty("from").GetString(), moved.GetProperty("to").GetString(), moved.GetProperty("rule").GetString()));
        var decision = await host.Get($"/api/customers/ada/decisions/{moved.GetProperty("decisionId").GetInt32()}");
        Assert.Contains("Active to Progressing", decision.GetRawText());

        // 4. Whoever watches was told in the order of the ledger: the first assignment, then the move.
        var first = await hub.Next("transition");
        var second = await hub.Next("transition");
        Assert.Equal("ST_001", first.GetProperty("to").GetString());
        Assert.Equal(moved.GetProperty("id").GetInt64(), second.GetProperty("id").GetInt64());
        Assert.True(first.GetProperty("id").GetInt64() < second.GetProperty("id").GetInt64());

        // 5. Whoever asks for the day's figures sees what was just acknowledged, not what a worker has come to.
        var days = (await host.Get("/api/customers/ada/metrics")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(2, days.Sum(day => day.GetProperty("modulesCompleted").GetInt32()));
        Assert.Equal(1, days.Sum(day => day.GetProperty("lessonsCompleted").GetInt32()));

        // 6. The same request again changes nothing.
        await host.Post(Track("ada", "Module Completed", now.AddHours(-1), new { moduleId = "m2" }, "ada-m2"));
        Assert.Equal(2, (await host.Get("/api/customers/ada")).GetProperty("metrics").GetProperty("modules_completed").GetInt32());
        await store.DisposeAsync();
    }
}
