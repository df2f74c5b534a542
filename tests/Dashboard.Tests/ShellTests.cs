using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The frame of every page: language, theme, command palette, and what it says of the server.</summary>
public sealed class ShellTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_chosen_language_speaks_at_once_and_after_a_reload_and_nothing_else_is_kept_in_the_browser()
    {
        await browser.Host.Enrol("spoken", "Sora Spoken");
        await using var visit = await browser.SignIn("/customers");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Display settings" }).ClickAsync();
        await page.GetByLabel("Language").SelectOptionAsync("ja");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "顧客" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "顧客" })).ToBeVisibleAsync();
        await Expect(page).ToHaveTitleAsync("顧客 · L-Step");
        await Expect(page.Locator("tr[data-tag=ST_001]").First).ToContainTextAsync("アクティブ");
        Assert.Equal(["lstep.language"], await page.EvaluateAsync<string[]>("Object.keys(localStorage)"));
        Assert.Empty((await page.RunAxe()).Violations);
    }

    [Fact]
    public async Task A_browser_that_asks_for_Japanese_is_answered_in_it()
    {
        await using var visit = await browser.Open(locale: "ja-JP");
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page.GetByLabel("アクセストークン")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_chosen_theme_is_on_the_page_before_anything_is_drawn_and_stays()
    {
        await using var visit = await browser.SignIn();
        var page = visit.Page;
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await page.GetByRole(AriaRole.Button, new() { Name = "Display settings" }).ClickAsync();
        await page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        // Nothing of the program has run yet, and the ground is dark.
        await page.RouteAsync("**/assets/*.js", route => route.AbortAsync());
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Assert.Equal("rgb(14, 17, 21)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Fact]
    public async Task The_palette_finds_customers_pages_and_actions_by_keyboard_alone()
    {
        await browser.Host.Enrol("found", "Fumiko Found");
        await using var visit = await browser.SignIn();
        var (page, keyboard) = (visit.Page, visit.Page.Keyboard);
        var palette = page.GetByRole(AriaRole.Combobox, new() { Name = "Customer, page or action" });

        await keyboard.PressAsync("Control+k");
        await Expect(palette).ToBeFocusedAsync();
        Assert.Empty((await page.RunAxe()).Violations);
        await keyboard.TypeAsync("fumiko");
        await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Fumiko Found" })).ToHaveAttributeAsync("aria-selected", "true");
        await keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Fumiko Found" })).ToBeVisibleAsync();

        await keyboard.PressAsync("Control+k");
        await keyboard.TypeAsync("evaluate");
        await keyboard.PressAsync("Enter");
        await Expect(page.GetByText("found was evaluated.")).ToBeVisibleAsync();

        await keyboard.PressAsync("Control+k");
        await keyboard.TypeAsync("oper");
        await keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/operations$"));

        await keyboard.PressAsync("Control+k");
        await keyboard.PressAsync("Escape");
        await Expect(palette).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_group_of_pages_opens_beneath_its_name_and_closes_with_Escape_and_with_a_choice()
    {
        await using var visit = await browser.SignIn(width: 390);
        var (page, keyboard) = (visit.Page, visit.Page.Keyboard);
        var analytics = page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Analytics") });
        var cohorts = page.GetByRole(AriaRole.Link, new() { Name = "Cohorts", Exact = true });

        await Expect(cohorts).ToHaveCountAsync(0);
        await analytics.FocusAsync();
        await keyboard.PressAsync("Enter");
        await Expect(analytics).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(cohorts).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Empty((await page.RunAxe()).Violations);
        await keyboard.PressAsync("Escape");
        await Expect(cohorts).ToHaveCountAsync(0);
        await Expect(analytics).ToBeFocusedAsync();

        await keyboard.PressAsync("Enter");
        await cohorts.FocusAsync();
        await keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("/cohorts$"));
        await Expect(cohorts).ToHaveCountAsync(0);
        await Expect(analytics).ToContainTextAsync("Cohorts");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_server_that_ends_is_named_within_three_seconds_and_the_page_comes_back_by_itself()
    {
        await using var own = await Browser.OnEmpty();
        await own.Host.Enrol("left", "Lea Left");
        await using var visit = await own.SignIn("/customers");
        var banner = visit.Page.Locator(".banner[data-kind=unreachable]");
        await Expect(visit.Page.Locator(".link-badge")).ToHaveTextAsync("Live");

        await own.Stop();
        await Expect(banner).ToHaveTextAsync(
            new Regex(@"^Server unreachable since \d\d:\d\d.*, showing old figures"), new() { Timeout = 3_000 });
        await Expect(visit.Page.GetByText("Lea Left")).ToBeVisibleAsync();

        await own.StartAgain();
        await Expect(banner).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await Expect(visit.Page.Locator(".link-badge")).ToHaveTextAsync("Live", new() { Timeout = 20_000 });
    }
}
