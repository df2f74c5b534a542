using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>What people decide in the browser. Automatic moves are switched off: every move waits for a person.</summary>
public sealed class DecideTests
{
    [Fact]
    public async Task The_review_queue_is_worked_by_keyboard_alone()
    {
        await using var browser = await Waiting("Ada", "Ben", "Cleo", "Dora");
        await using var visit = await browser.SignIn("/reviews");
        var page = visit.Page;
        await Expect(Rows(page)).ToHaveCountAsync(4);
        await page.ScreenshotAsync(new() { Path = Browser.Screenshot("reviews-queue") });

        // The longest waiting is first: approve it, reject the next, then two together.
        await page.Keyboard.PressAsync("a");
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await Expect(Current(page)).ToContainTextAsync("Ben");
        await page.Keyboard.PressAsync("r");
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("m");
        await Expect(Current(page)).ToContainTextAsync("with you");
        await page.GetByLabel("Whose reviews").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await page.GetByLabel("Whose reviews").SelectOptionAsync("");
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await page.Locator("h1").ClickAsync();
        foreach (var key in (string[])["x", "j", "x"]) await page.Keyboard.PressAsync(key);
        await Expect(page.GetByText("2 reviews chosen")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("a");
        await Expect(page.GetByText("Nobody is waiting for a decision.")).ToBeVisibleAsync();

        Assert.Equal(["ST_002", "ST_001", "ST_002", "ST_002"], await Task.WhenAll(
            new[] { "ada", "ben", "cleo", "dora" }.Select(
                async id => (await browser.Host.Get($"/api/customers/{id}")).GetProperty("tag").GetString()!)));
    }

    [Fact]
    public async Task Keys_decide_nothing_for_a_viewer()
    {
        await using var browser = await Waiting("Ada");
        await using var visit = await browser.SignIn("/reviews", role: Grains.People.Role.Viewer);
        await Expect(Rows(visit.Page)).ToHaveCountAsync(1);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Approve Ada" })).ToHaveCountAsync(0);
        await visit.Page.Keyboard.PressAsync("a");
        await Expect(Rows(visit.Page)).ToHaveCountAsync(1);
        Assert.Equal("ST_001", (await browser.Host.Get("/api/customers/ada")).GetProperty("tag").GetString());
    }

    [Fact]
    public async Task A_tag_is_set_by_hand_noted_and_taken_back_on_the_customers_page()
    {
        await using var browser = await Waiting("Ada");
        await using var visit = await browser.SignIn("/customers/ada");
        var page = visit.Page;
        await page.GetByLabel("Tag", new() { Exact = true }).SelectOptionAsync("ST_003");
        await page.GetByLabel("Reason").FillAsync("passed the oral exam");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the tag" }).ClickAsync();
        await Expect(page.Locator(".head-tag")).ToContainTextAsync("Mastery");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Set by hand");

        await page.GetByLabel("What should others know?").FillAsync("prefers the phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the note" }).ClickAsync();
        await Expect(page.Locator(".timeline .note-text")).ToContainTextAsync("prefers the phone");
        await page.ScreenshotAsync(new() { Path = Browser.Screenshot("customer-decide"), FullPage = true });

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo it" }).ClickAsync();
        await Expect(page.Locator(".head-tag")).ToContainTextAsync("Active");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("taken back");
    }

    private static async Task<Browser> Waiting(params string[] names)
    {
        var browser = await Browser.OnEmpty();
        using var off = await browser.Host.Client.PutAsJsonAsync("/api/flags/auto_apply_enabled", new { value = false });
        Assert.True(off.IsSuccessStatusCode);
        foreach (var name in names)
        {
            await browser.Host.Enrol(name.ToLowerInvariant(), name);
            await browser.Host.CompleteModules(name.ToLowerInvariant());
        }
        return browser;
    }

    private static ILocator Rows(IPage page) => page.Locator(".queue > .review");

    private static ILocator Current(IPage page) => page.Locator(".queue > .review[data-current=true]");
}
