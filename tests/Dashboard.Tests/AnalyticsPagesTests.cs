using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Grains.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The figures of analytics as people meet them: in pictures, in the tables behind them, and in files.</summary>
public sealed class AnalyticsPagesTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_flow_and_its_figures_are_those_of_the_API()
    {
        await Learners("flow", 2);
        await using var visit = await browser.SignIn();
        var card = visit.Page.Locator("section.chart").Filter(new() { HasText = "Flow between tags" });
        await Expect(card.Locator(".plot svg")).ToBeVisibleAsync();
        await card.GetByText("Figures", new() { Exact = true }).ClickAsync();

        var flow = (await browser.Host.Get("/api/analytics/flow")).GetProperty("items").EnumerateArray().ToArray();
        var learned = Assert.Single(flow, item => Is(item, "from", "ST_001") && Is(item, "to", "ST_002"));
        var row = card.Locator("tbody tr").Filter(new() { HasText = "Progressing" }).First;
        await Expect(row).ToContainTextAsync(learned.GetProperty("count").GetInt64().ToString(CultureInfo.InvariantCulture));
        await Expect(card.Locator(".plot-place")).ToHaveAttributeAsync("aria-label", new Regex("Active to Progressing \\d"));
        Assert.Equal("", string.Join("; ", visit.Complaints));
    }

    [Fact]
    public async Task A_range_is_in_the_address_and_stays_over_a_reload()
    {
        await Learners("range", 1);
        await using var visit = await browser.SignIn("/kpis?kpi=automation_share");
        var page = visit.Page;
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "28 days" })).ToHaveAttributeAsync("aria-pressed", "true");

        await page.GetByRole(AriaRole.Button, new() { Name = "7 days", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"kpi=automation_share&from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$"));
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "7 days", Exact = true })).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator(".kpi-line[aria-current]")).ToContainTextAsync("Automation share");
        await Expect(page.Locator(".range-words")).ToContainTextAsync("compared with");

        await page.GetByRole(AriaRole.Button, new() { Name = "Own range …" }).ClickAsync();
        await page.GetByLabel("From").FillAsync("2026-01-31");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("2026-01-01");
        await Expect(page.GetByText("The first day comes after the last.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_picture_is_saved_as_drawing_image_and_figures()
    {
        await Learners("saved", 1);
        await using var visit = await browser.SignIn();
        var menu = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save “Customers per day”" });

        var figures = await File.ReadAllTextAsync(await Save(visit.Page, menu, "Figures (CSV)", ".csv"));
        Assert.StartsWith(
            "\uFEFFDay,Active,Progressing,Mastery,Declining,Re-engagement,Churned\r\n", "\uFEFF" + figures.TrimStart('\uFEFF'));
        Assert.Equal(29, figures.TrimEnd().Split("\r\n").Length);
        var drawing = await File.ReadAllTextAsync(await Save(visit.Page, menu, "Drawing (SVG)", ".svg"));
        Assert.Contains("<text x=\"32\" y=\"44\"", drawing, StringComparison.Ordinal);
        Assert.Contains("Customers per day</text>", drawing, StringComparison.Ordinal);
        var image = await File.ReadAllBytesAsync(await Save(visit.Page, menu, "Picture (PNG)", ".png"));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], image[..4]);
        Assert.Equal("", string.Join("; ", visit.Complaints));
    }

    [Fact]
    public async Task What_customers_said_stands_by_week_and_tag_and_in_a_file()
    {
        var now = browser.Host.Now;
        await browser.Host.Post(
            Messages.Track("said", "NPS Submitted", now, new { score = 10 }, "said-1"),
            Messages.Track("said", "Support Ticket Opened", now, new { }, "said-2"));
        await using var visit = await browser.SignIn("/automation");
        var card = visit.Page.Locator("section.card").Filter(new() { HasText = "By week" });
        var tag = card.GetByLabel("Tag");
        await tag.SelectOptionAsync("ST_001");
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(12);

        var week = (await browser.Host.Get("/api/analytics/weekly")).GetProperty("weeks").EnumerateArray().Last();
        var active = week.GetProperty("tags").EnumerateArray().First();
        var cells = card.Locator("tbody tr").First.Locator("td");
        await Expect(cells.Nth(3)).ToHaveTextAsync($"{active.GetProperty("nps").GetDouble():0.#}");
        await Expect(cells.Nth(5)).ToHaveTextAsync($"{active.GetProperty("tickets").GetInt64()}");
        var saved = await visit.Page.RunAndWaitForDownloadAsync(
            () => card.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = (await File.ReadAllTextAsync((await saved.PathAsync())!)).TrimEnd().Split("\r\n");
        Assert.Equal(13, lines.Length);
        Assert.StartsWith($"{week.GetProperty("week")},", lines[^1], StringComparison.Ordinal);
        Assert.Equal("", string.Join("; ", visit.Complaints));
    }

    [Fact]
    public async Task The_menu_of_a_picture_is_used_by_keyboard_alone()
    {
        await Learners("keys", 1);
        await using var visit = await browser.SignIn();
        var menu = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save “Customers per day”" });
        await menu.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Picture (PNG)" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Drawing (SVG)" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(menu).ToBeFocusedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_admin_sets_a_goal_and_nobody_else_is_offered_it()
    {
        await Learners("goal", 1);
        await using var admin = await browser.SignIn("/kpis?kpi=active_learner_rate_open");
        var page = admin.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Set goal and baseline …" }).ClickAsync();
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Goal" }).FillAsync("12.5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set", Exact = true }).ClickAsync();
        await Expect(page.Locator(".kpi-facts")).ToContainTextAsync("at least 12.5%");
        await Expect(page.Locator(".kpi-line[aria-current]")).ToContainTextAsync("≥ 12.5%");

        await using var viewer = await browser.SignIn("/kpis?kpi=active_learner_rate_open", role: Role.Viewer);
        await Expect(viewer.Page.Locator(".kpi-facts")).ToContainTextAsync("at least 12.5%");
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Set goal and baseline …" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_twelve_indicators_lead_to_the_customers_behind_them()
    {
        await Learners("risky", 1);
        await using var visit = await browser.SignIn("/risks");
        await Expect(visit.Page.Locator("[data-risk]")).ToHaveCountAsync(12);
        await visit.Page.Locator("[data-risk=billing_risk] .risk-cell a").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/risks\\?type=billing_risk$"));
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Billing risk: customers per day" })).ToBeVisibleAsync();
        await visit.Page.Locator("[data-risk=billing_risk] .behind").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/customers\\?risk=billing_risk$"));
    }

    [Fact]
    public async Task A_cohort_shows_the_tag_that_was_chosen()
    {
        await Learners("cohort", 1);
        await using var visit = await browser.SignIn("/cohorts?by=tier");
        await Expect(visit.Page.Locator(".matrix tbody tr").Filter(new() { HasText = "Pro" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "Share of" }).GetByRole(AriaRole.Button, new() { Name = "Progressing" })
            .ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("by=tier&tag=ST_002"));
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Share of Progressing, month by month" })).ToBeVisibleAsync();
    }

    private async Task Learners(string name, int of)
    {
        for (var at = 0; at < of; at++)
        {
            await browser.Host.Enrol($"{name}-{at}", $"{name} {at}");
            await browser.Host.CompleteModules($"{name}-{at}");
        }
    }

    private static async Task<string> Save(IPage page, ILocator menu, string choice, string kind)
    {
        await menu.ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Menuitem, new() { Name = choice }).ClickAsync());
        Assert.StartsWith("l-step-tags-per-day-", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.EndsWith(kind, download.SuggestedFilename, StringComparison.Ordinal);
        return await download.PathAsync();
    }

    private static bool Is(JsonElement item, string name, string value) => item.GetProperty(name).GetString() == value;
}
