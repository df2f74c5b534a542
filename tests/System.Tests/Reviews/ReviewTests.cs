using System.Net.Http.Json;
using System.Text.Json;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Reviews;

/// <summary>What the API tells of reviews that nobody decided: which transition closed them, and what they were opened with.</summary>
public sealed class ReviewTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_review_that_expired_names_the_transition_that_closed_it()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("silent", Begin, new { tier = "Enterprise" }), Track("silent", "Lesson Completed", Begin));
        await host.MoveClock(Begin.AddDays(3));
        var open = await Only(host, "open");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (
            open.GetProperty("transitionId").ValueKind, open.GetProperty("decidedAt").ValueKind));

        await host.MoveClock(Begin.AddDays(6));

        await NamesItsTransition(host, "silent", "review_expired");
    }

    [Fact]
    public async Task A_review_whose_reasons_are_gone_is_applied_and_names_the_transition()
    {
        await using var host = await LStepHost.Start(Begin);
        await host.Post(Identify("silent", Begin, new { tier = "Enterprise" }), Track("silent", "Lesson Completed", Begin));
        await host.MoveClock(Begin.AddDays(5).AddHours(1));
        Assert.Equal("Silent high-value customer", (await Only(host, "open")).GetProperty("rule").GetString());

        await host.Post(Identify("silent", Begin.AddDays(5).AddHours(1), new { tier = "Pro" }));

        await NamesItsTransition(host, "silent", "applied");
    }

    [Fact]
    public async Task A_review_that_another_move_ends_names_it()
    {
        await using var host = await LStepHost.Start(Begin);
        await Failing(host, "failing");
        Assert.Equal("ST_004", (await Only(host, "open")).GetProperty("to").GetString());

        await host.Post(Track("failing", "Module Completed", Begin.AddMinutes(4), new { moduleId = "m1" }),
            Track("failing", "Module Completed", Begin.AddMinutes(4), new { moduleId = "m2" }, "second"),
            Track("failing", "Assessment Taken", Begin.AddMinutes(4), new { score = 100 }, "good-1"),
            Track("failing", "Assessment Taken", Begin.AddMinutes(4), new { score = 100 }, "good-2"),
            Track("failing", "Assessment Taken", Begin.AddMinutes(4), new { score = 100 }, "good-3"));

        await NamesItsTransition(host, "failing", "recommendation_changed");
    }

    [Fact]
    public async Task A_review_shows_the_reasons_that_held_last_and_keeps_those_it_was_opened_with()
    {
        await using var host = await LStepHost.Start(Begin);
        await Failing(host, "failing");
        Assert.Equal(("approval_required", "approval_required"), Reasons(await Only(host, "open")));

        await host.Post(Identify("failing", Begin.AddMinutes(3), new { tier = "Enterprise" }, "richer"));
        var open = await Only(host, "open");
        Assert.Equal(("high_value_at_risk approval_required", "approval_required"), Reasons(open));
        Assert.Equal(open.ToString(), (await host.Get("/api/customers/failing")).GetProperty("openReview").ToString());
    }

    [Fact]
    public async Task A_review_that_nobody_decides_calls_for_attention_after_a_day_and_after_three_and_the_hub_says_so_at_once()
    {
        await using var host = await LStepHost.Start(Begin);
        await using var hub = await HubClient.Connect(host.Address, host.AdminToken);
        await hub.Subscribe(new { });
        await Failing(host, "waiting");
        await host.Post(Identify("waiting", Begin.AddMinutes(3), new { tier = "Enterprise" }, "richer"));
        var openedAt = (await Only(host, "open")).GetProperty("openedAt").GetDateTimeOffset();

        await host.MoveClock(openedAt.AddHours(24).AddMilliseconds(-1));
        Assert.Equal(0, (await Only(host, "open")).GetProperty("alerts").GetInt32());
        await host.MoveClock(openedAt.AddHours(24));
        Assert.Equal(1, (await Only(host, "open")).GetProperty("alerts").GetInt32());
        // Of news the hub tells what stands: who looks on meanwhile is told each.
        while ((await hub.Next("review")).GetProperty("alerts").GetInt32() < 1) { }
        await host.MoveClock(openedAt.AddHours(72));
        var expired = await Only(host, "superseded");
        Assert.Equal((2, "review_expired"), (expired.GetProperty("alerts").GetInt32(), expired.GetProperty("closeReason").GetString()));

        while ((await hub.Next("review")).GetProperty("alerts").GetInt32() < 2) { }
    }

    [Theory]
    [InlineData("assignee=Sue", "first")]
    [InlineData("to=ST_004", "first second")]
    [InlineData("to=ST_006", "")]
    [InlineData("assignee=Sue&to=ST_004&status=open", "first")]
    [InlineData("assignee=Sue&status=approved", "")]
    [InlineData("assignee=%25", "")]
    public async Task The_list_is_narrowed_to_an_assignee_and_to_a_tag_page_by_page(string filter, string customers)
    {
        await using var host = await LStepHost.Start(Begin);
        await Failing(host, "first");
        var mine = (await Only(host, "open")).GetProperty("id").GetString();
        using var assigned = await host.Client.PatchAsJsonAsync($"/api/reviews/{mine}", new { assignee = "Sue" });
        assigned.EnsureSuccessStatusCode();
        await Failing(host, "second");

        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (string? next = ""; next is not null;)
        {
            var page = await host.Get($"/api/reviews?{filter}&limit=1{(next.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(next)}")}");
            foreach (var review in page.GetProperty("items").EnumerateArray())
                Assert.True(found.Add(review.GetProperty("customerId").GetString()!));
            next = page.GetProperty("next").GetString();
        }
        Assert.Equal(customers, string.Join(' ', found));
    }

    private static Task Failing(LStepHost host, string id) => host.Post(
        Identify(id, Begin, new { tier = "Pro" }), Track(id, "Assessment Taken", Begin.AddMinutes(1), new { score = 30 }),
        Track(id, "Assessment Taken", Begin.AddMinutes(2), new { score = 40 }));

    private static async Task NamesItsTransition(LStepHost host, string customer, string why)
    {
        var closed = await Only(host, "superseded");
        var moved = (await host.Get($"/api/customers/{customer}")).GetProperty("recentTransitions")[0];
        Assert.NotEqual(JsonValueKind.Null, moved.GetProperty("from").ValueKind);
        Assert.Equal((moved.GetProperty("id").GetInt64(), why), (
            closed.GetProperty("transitionId").GetInt64(), closed.GetProperty("closeReason").GetString()));
        var told = (await host.Get($"/api/customers/{customer}/timeline")).GetProperty("items").EnumerateArray()
            .Single(entry => entry.GetProperty("kind").GetString() == "review_closed").GetProperty("review");
        Assert.Equal(closed.ToString(), told.ToString());
    }

    private static async Task<JsonElement> Only(LStepHost host, string status) =>
        Assert.Single((await host.Get($"/api/reviews?status={status}")).GetProperty("items").EnumerateArray());

    private static (string Last, string Opened) Reasons(JsonElement review) => (Texts(review, "reasons"), Texts(review, "openedReasons"));

    private static string Texts(JsonElement review, string field) =>
        string.Join(' ', review.GetProperty(field).EnumerateArray().Select(text => text.GetString()));
}
