using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Grains.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>Rules are changed in the form and as JSON, played over everybody, published; flags are switched.</summary>
public sealed class RulesPageTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Browser browser = null!;

    public async Task InitializeAsync() => browser = await Browser.OnEmpty();

    public async Task DisposeAsync() => await browser.DisposeAsync();

    [Fact]
    public async Task A_rule_is_edited_played_and_published_and_its_effect_is_seen_live_in_another_window()
    {
        await browser.Host.Enrol("one-module", "Olga Onemodule");
        await browser.Host.Post(
            new { type = "track", userId = "one-module", @event = "Module Completed", properties = new { moduleId = "m1" } },
            new { type = "track", userId = "one-module", @event = "Quiz Completed", properties = new { score = 95 } });
        await using var other = await browser.SignIn();
        await Expect(other.Page.Locator(".link-badge")).ToHaveTextAsync("Live");
        await using var visit = await browser.SignIn("/rules");
        var page = visit.Page;
        await Expect(page.GetByTestId("version")).ToHaveTextAsync("version 1");

        // The form first; the text follows it.
        await Line(page, "Active to Progressing").ClickAsync();
        await Clause(page, "modules_completed").GetByLabel("Value").FillAsync("1");
        await Expect(Json(page)).ToHaveValueAsync(new Regex("""modules_completed": \{\s+"operator": ">=",\s+"value": 1\s"""));
        // Then the text; the form follows it.
        var text = await Json(page).InputValueAsync();
        await Json(page).FillAsync(text.Replace("\"priority\": 10", "\"priority\": 12", StringComparison.Ordinal));
        await Expect(page.GetByLabel("Priority")).ToHaveValueAsync("12");

        var changes = page.GetByRole(AriaRole.Region, new() { Name = "Publish" });
        await Expect(changes).ToContainTextAsync("1 rule changed");
        await Expect(changes.Locator("del")).ToContainTextAsync(["\"value\": 2", "10"]);
        await Expect(changes.Locator("ins")).ToContainTextAsync(["\"value\": 1", "12"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Play over everybody" }).ClickAsync();
        var played = page.GetByRole(AriaRole.Region, new() { Name = "Dry run" });
        await Expect(played.Locator(".simulated, .trouble").First).ToBeVisibleAsync();

        await page.GetByLabel("Why, for those who read the history").FillAsync("One module is enough");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 2" }).PressAsync("Enter");
        await Expect(page.GetByText("Version 2 is in force")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("version")).ToHaveTextAsync("version 2");

        var moved = other.Page.Locator("[data-customer=one-module][data-tag=ST_002]");
        await Expect(moved).ToBeVisibleAsync(new() { Timeout = 25_000 });
        await Expect(page.GetByText("Everybody was looked at again: 1 move")).ToBeVisibleAsync(new() { Timeout = 25_000 });

        await page.GetByText("Version 2", new() { Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Versions" }).Locator("ins")).ToContainTextAsync(["\"value\":", "12"]);
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_place_and_cannot_be_published()
    {
        await using var visit = await browser.SignIn("/rules");
        var page = visit.Page;
        await Line(page, "At-risk detection").ClickAsync();
        var clause = Clause(page, "engagement_score");
        await clause.GetByLabel("Value").FillAsync("-3");
        await Expect(clause.GetByRole(AriaRole.Alert)).ToContainTextAsync("can never be met");
        await Expect(Line(page, "At-risk detection")).ToContainTextAsync("1 error");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 2" })).ToBeDisabledAsync();

        await clause.GetByLabel("Value").FillAsync("35");
        await Expect(page.GetByText("Nothing stands against publishing.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 2" })).ToBeEnabledAsync();
        await Json(page).FillAsync("{ \"name\": ");
        await Expect(page.GetByText("This is not JSON yet")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 2" })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the form" }).ClickAsync();
        await Expect(page.GetByText("Nothing stands against publishing.")).ToBeVisibleAsync();

        // It outlives a look at another page.
        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Rules", Exact = true }).ClickAsync();
        await Line(page, "At-risk detection").ClickAsync();
        await Expect(Clause(page, "engagement_score").GetByLabel("Value")).ToHaveValueAsync("35");
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard changes" }).ClickAsync();
        await Expect(Clause(page, "engagement_score").GetByLabel("Value")).ToHaveValueAsync("40");
    }

    [Fact]
    public async Task Who_edits_while_somebody_else_publishes_is_told_and_decides()
    {
        await using var visit = await browser.SignIn("/rules");
        var page = visit.Page;
        await Line(page, "Recovery").ClickAsync();
        await page.GetByLabel("Priority").FillAsync("16");
        await Expect(page.GetByText("Nothing stands against publishing.")).ToBeVisibleAsync();
        var rules = (await browser.Host.Get("/api/rules")).GetProperty("rules");
        using var published = await browser.Host.Client.PutAsJsonAsync("/api/rules", new { rules });
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 2" }).ClickAsync();
        var told = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "while you changed version 1" });
        await Expect(told).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep mine, on top of it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 3" }).ClickAsync();
        await Expect(page.GetByTestId("version")).ToHaveTextAsync("version 3");
    }

    [Fact]
    public async Task Each_role_sees_what_it_may_do()
    {
        await using (var viewer = await browser.SignIn("/rules", role: Role.Viewer))
        {
            await Expect(viewer.Page.Locator(".rule-reading")).ToContainTextAsync("Modules completed is at least 2");
            await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "New rule" })).ToHaveCountAsync(0);
            await Expect(viewer.Page.GetByRole(AriaRole.Region, new() { Name = "Dry run" })).ToHaveCountAsync(0);
        }
        await using var success = await browser.SignIn("/rules", role: Role.Success);
        await success.Page.GetByRole(AriaRole.Button, new() { Name = "New rule" }).ClickAsync();
        await Expect(success.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("New rule");
        await Expect(success.Page.GetByRole(AriaRole.Button, new() { Name = "Play over everybody" })).ToBeVisibleAsync();
        await Expect(success.Page.GetByText("An admin can publish these rules")).ToBeVisibleAsync();
        await Expect(success.Page.GetByRole(AriaRole.Button, new() { Name = "Publish as version" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_group_of_conditions_is_built_with_the_keyboard_alone()
    {
        await using var visit = await browser.SignIn("/rules");
        var page = visit.Page;
        await Line(page, "Mark as churned").PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a group" }).PressAsync("Enter");
        var group = page.Locator(".condition-group .condition-group");
        await group.GetByLabel("Metric").SelectOptionAsync("customer_tier");
        await group.GetByLabel("Freemium").PressAsync("Space");
        await group.GetByLabel("Pro", new() { Exact = true }).PressAsync("Space");
        await group.GetByRole(AriaRole.Button, new() { Name = "Add a clause" }).PressAsync("Enter");
        await group.Locator(".not").Nth(1).PressAsync("Enter");
        await Expect(Json(page)).ToHaveValueAsync(new Regex("\"not\""));
        var json = JsonElement.Parse(await Json(page).InputValueAsync()).GetProperty("conditions");
        Assert.Equal(
            """{"days_since_activity":{"operator":">=","value":30},"any":[{"customer_tier":{"operator":"in","value":["Pro"]}},{"not":{"days_since_login":{"operator":">=","value":5}}}]}""",
            JsonSerializer.Serialize(json, Plain));
    }

    [Fact]
    public async Task Flags_are_switched_on_the_operations_page_by_admins_alone()
    {
        await using (var viewer = await browser.SignIn("/operations", role: Role.Viewer))
        {
            await Expect(viewer.Page.Locator("[data-flag=auto_apply_enabled] .pill")).ToHaveTextAsync("on");
            await Expect(viewer.Page.GetByRole(AriaRole.Switch)).ToHaveCountAsync(0);
        }
        await using var visit = await browser.SignIn("/operations");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Switch, new() { Name = "Auto apply enabled" }).PressAsync("Space");
        await Expect(page.Locator("[data-flag=auto_apply_enabled] .pill")).ToHaveTextAsync("off");
        await page.GetByLabel("Rollout percentage").FillAsync("25");
        await page.GetByLabel("Rollout percentage").PressAsync("Enter");
        await Expect(page.Locator("[data-flag=rollout_percentage] .pill")).ToHaveTextAsync("25%");
        await page.GetByLabel("Shadow rules").SelectOptionAsync("1");
        await Expect(page.Locator("[data-flag=shadow_rules] .pill")).ToHaveTextAsync("version 1");

        var flags = (await browser.Host.Get("/api/flags")).GetProperty("items").EnumerateArray()
            .ToDictionary(flag => flag.GetProperty("name").GetString()!, flag => flag.GetProperty("value").ToString());
        Assert.Equal(("False", "25", "1"), (flags["auto_apply_enabled"], flags["rollout_percentage"], flags["shadow_rules"]));
    }

    private static ILocator Line(IPage page, string name) => page.Locator(".rule-line").Filter(new() { HasText = name });

    private static ILocator Clause(IPage page, string metric) => page.Locator($".clause-fields[data-metric={metric}]");

    private static ILocator Json(IPage page) => page.GetByLabel("As JSON");
}
