using System.Net.Http.Json;
using System.Text.Json.Nodes;
using LStep.Grains.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>Campaigns are changed in the form and as JSON, validated while they are changed, and published as one version.</summary>
public sealed class CampaignSetPageTests : IAsyncLifetime
{
    private const string Edit = "/campaigns?edit=progression_milestone";

    private Browser browser = null!;

    public async Task InitializeAsync() => browser = await Browser.OnSinks();

    public async Task DisposeAsync() => await browser.DisposeAsync();

    [Fact]
    public async Task A_campaign_is_edited_validated_and_published_and_its_effect_is_seen()
    {
        await browser.Host.Enrol("bea", "Bea Weber");
        await using var visit = await browser.SignIn(Edit);
        var page = visit.Page;
        var (days, publish) = (
            Message(page, 1).GetByLabel("days"), page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 2" }));

        await days.FillAsync("400");
        await Expect(page.Locator(".campaign-steps").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(Line(page, "Progression milestone")).ToContainTextAsync("1 error");
        await Expect(publish).ToBeDisabledAsync();
        await days.FillAsync("3");
        await Expect(page.GetByText("Nothing stands against publishing.")).ToBeVisibleAsync();
        await Expect(page.Locator(".rule-changes")).ToContainTextAsync("4320");
        await page.GetByLabel("Why, for those who read the history").FillAsync("Not on the very day");
        await publish.ClickAsync();
        await Expect(page.GetByText("Version 2 is in force")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("version")).ToHaveTextAsync("version 2");

        var versions = page.GetByRole(AriaRole.Region, new() { Name = "Versions" });
        await versions.GetByText("Not on the very day").ClickAsync();
        await Expect(versions.Locator(".rule-changes")).ToContainTextAsync("Progression milestone");
        await Expect(versions.Locator("ins")).ToContainTextAsync("4320");

        await browser.Host.CompleteModules("bea");
        await page.GotoAsync("/campaigns?name=progression_milestone");
        var action = page.Locator("[data-action]").Filter(new() { HasText = "Bea Weber" });
        await Expect(action.Locator(".pill")).ToHaveTextAsync("scheduled");
        await Expect(action).ToContainTextAsync("due in 2 d");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Text_that_is_no_JSON_yet_cannot_be_published_and_a_version_before_is_taken_up_again()
    {
        await Publish(campaigns => campaigns["progression_milestone"]!["active"] = false);
        await using var visit = await browser.SignIn(Edit);
        var page = visit.Page;
        await Expect(Line(page, "Progression milestone")).ToContainTextAsync("off");
        await page.GetByLabel("As JSON", new() { Exact = true }).FillAsync("{ \"name\": ");
        await Expect(page.GetByText("This is not JSON yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the form" }).ClickAsync();

        var versions = page.GetByRole(AriaRole.Region, new() { Name = "Versions" });
        await versions.GetByText("Version 1", new() { Exact = true }).ClickAsync();
        await versions.GetByRole(AriaRole.Button, new() { Name = "Take these campaigns up again" }).ClickAsync();
        await Expect(page.Locator(".rule-changes").First).ToContainTextAsync("Active");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 3" }).ClickAsync();
        await Expect(page.GetByText("Version 3 is in force")).ToBeVisibleAsync();
        await Expect(Line(page, "Progression milestone")).Not.ToContainTextAsync("off");
    }

    [Fact]
    public async Task Who_edits_while_somebody_else_publishes_is_told_and_decides()
    {
        await using var visit = await browser.SignIn(Edit);
        var page = visit.Page;
        await page.GetByLabel("Starts once in (days)").FillAsync("60");
        await Expect(page.GetByText("Nothing stands against publishing.")).ToBeVisibleAsync();
        await Publish(campaigns => campaigns["welcome_back"]!["onceInDays"] = 90);

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 2" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "while you changed version 1" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep mine, on top of it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish as version 3" }).ClickAsync();
        await Expect(page.GetByTestId("version")).ToHaveTextAsync("version 3");
    }

    [Fact]
    public async Task Each_role_sees_what_it_may_do()
    {
        await using (var viewer = await browser.SignIn("/campaigns", role: Role.Viewer))
        {
            await Expect(viewer.Page.Locator("[data-campaign]").First).ToBeVisibleAsync();
            await Expect(viewer.Page.GetByRole(AriaRole.Link, new() { Name = "Change campaigns" })).ToHaveCountAsync(0);
        }
        await using var success = await browser.SignIn(Edit, role: Role.Success);
        await success.Page.GetByRole(AriaRole.Button, new() { Name = "New campaign" }).ClickAsync();
        await Expect(success.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("new_campaign");
        await Expect(success.Page.GetByText("An admin can publish these campaigns.")).ToBeVisibleAsync();
        await Expect(success.Page.GetByRole(AriaRole.Button, new() { Name = "Publish as version" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_sequence_and_a_condition_are_built_with_the_keyboard_alone()
    {
        await using var visit = await browser.SignIn(Edit);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a message" }).PressAsync("Enter");
        await Message(page, 2).GetByLabel("Channel").SelectOptionAsync("push");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a condition: Only for those who" }).PressAsync("Enter");
        await page.Locator(".clause-fields").GetByLabel("Metric").SelectOptionAsync("customer_tier");
        await page.GetByLabel("Enterprise").PressAsync("Space");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare two contents" }).PressAsync("Enter");

        var json = JsonNode.Parse(await page.GetByLabel("As JSON", new() { Exact = true }).InputValueAsync())!;
        Assert.Equal("""[{"number":1,"afterMinutes":0,"channel":"email"},{"number":2,"afterMinutes":2880,"channel":"push"}]""",
            json["steps"]!.ToJsonString());
        Assert.Equal("""[{"name":"a","weight":1},{"name":"b","weight":1}]""", json["variants"]!.ToJsonString());
        Assert.Equal("""{"customer_tier":{"operator":"in","value":["Freemium","Enterprise"]}}""", json["audience"]!.ToJsonString());
    }

    [Fact]
    public async Task A_variant_is_made_the_winner_after_a_second_press()
    {
        await Publish(campaigns => campaigns["personal_check_in"]!["variants"] =
            JsonNode.Parse("""[{"name":"a","weight":1},{"name":"b","weight":3}]"""));
        await using var visit = await browser.SignIn("/campaigns?name=personal_check_in");
        var page = visit.Page;
        var b = page.Locator("[data-variant=b]");
        await Expect(b).ToContainTextAsync("75% of the customers");
        await b.GetByRole(AriaRole.Button, new() { Name = "Make variant b the winner" }).PressAsync("Enter");
        await b.GetByLabel("Why").FillAsync("It reads better");
        await b.GetByLabel("Why").PressAsync("Enter");
        await Expect(page.Locator(".facts")).ToContainTextAsync("Winner");
        await Expect(page.Locator("[data-variant]")).ToHaveCountAsync(0);
        var campaigns = (await browser.Host.Get("/api/campaigns")).GetProperty("campaigns").EnumerateArray();
        Assert.Equal(
            "b", campaigns.Single(one => one.GetProperty("name").GetString() == "personal_check_in").GetProperty("promoted").GetString());
    }

    private async Task Publish(Action<Dictionary<string, JsonNode>> change)
    {
        var campaigns = (JsonArray)JsonNode.Parse((await browser.Host.Get("/api/campaigns")).GetProperty("campaigns").GetRawText())!;
        change(campaigns.ToDictionary(one => (string)one!["name"]!, one => one!));
        using var answer = await browser.Host.Client.PutAsJsonAsync("/api/campaigns", new { campaigns });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static ILocator Line(IPage page, string name) => page.Locator(".rule-line").Filter(new() { HasText = name });

    private static ILocator Message(IPage page, int number) =>
        page.GetByRole(AriaRole.Group, new() { Name = $"Message {number}", Exact = true });
}
