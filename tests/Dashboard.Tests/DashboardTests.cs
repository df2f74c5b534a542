using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

public sealed class DashboardTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task A_posted_activity_moves_its_customer_on_the_page_within_a_second()
    {
        await browser.Host.Enrol("mover", "Mara Mover");
        await using var visit = await browser.SignIn();
        await Expect(Link(visit.Page)).ToHaveTextAsync("Live");

        await browser.Host.CompleteModules("mover");

        var row = visit.Page.Locator("[data-customer=mover][data-tag=ST_002]");
        await Expect(row).ToBeVisibleAsync(new() { Timeout = 1_000 });
        await Expect(row).ToContainTextAsync("Mara Mover");
        await Expect(row).ToContainTextAsync("Active to Progressing: 2 modules completed, at least 2");
        await Expect(row).ToContainTextAsync("just now");
    }

    [Fact]
    public async Task The_counts_on_the_page_are_those_of_the_API_and_follow_it()
    {
        await browser.Host.Enrol("counted-1", "Cora Counted");
        await using var visit = await browser.SignIn();
        await CountsAgree(visit.Page);

        await browser.Host.Enrol("counted-2", "Carl Counted");
        await browser.Host.CompleteModules("counted-1");
        await Expect(visit.Page.Locator("[data-customer=counted-1][data-tag=ST_002]")).ToBeVisibleAsync();
        await CountsAgree(visit.Page);
    }

    [Fact]
    public async Task The_list_shows_what_the_filter_asks_for_and_the_address_keeps_it()
    {
        await browser.Host.Enrol("filter-pro", "Fay Filter");
        await browser.Host.Enrol("filter-free", "Finn Filter", "Freemium");
        await browser.Host.Enrol("filter-moved", "Flo Filter");
        await browser.Host.CompleteModules("filter-moved");
        await using var visit = await browser.SignIn("/customers");
        var page = visit.Page;

        await page.GetByLabel("Search customers").FillAsync("filter");
        await Expect(Rows(page)).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Group, new() { Name = "Tag" }).GetByRole(AriaRole.Button, new() { Name = "Progressing" })
            .ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(Rows(page)).ToContainTextAsync("Flo Filter");
        await Expect(page).ToHaveURLAsync(new Regex("tag=ST_002"));

        await page.ReloadAsync();
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await page.GetByLabel("Search customers").FillAsync("filter");
        await page.GetByLabel("Tier").SelectOptionAsync("Freemium");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(Rows(page)).ToContainTextAsync("Finn Filter");
    }

    [Fact]
    public async Task Why_this_tag_lists_every_clause_of_every_rule()
    {
        await browser.Host.Enrol("asked", "Ada Asked");
        await using var visit = await browser.SignIn("/customers/asked");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Ada Asked" })).ToBeVisibleAsync();

        var evaluation = await browser.Host.Get("/api/customers/asked/evaluation");
        var rules = evaluation.GetProperty("rules");
        Assert.NotEqual(0, rules.GetArrayLength());
        foreach (var rule in rules.EnumerateArray())
        {
            var shown = visit.Page.GetByTestId($"rule-{rule.GetProperty("id").GetInt32()}");
            await Expect(shown).ToContainTextAsync(rule.GetProperty("name").GetString()!);
            await Expect(shown.Locator(".clause")).ToHaveCountAsync(rule.GetProperty("clauses").GetArrayLength());
            foreach (var (clause, index) in rule.GetProperty("clauses").EnumerateArray().Select((clause, index) => (clause, index)))
                await Expect(shown.Locator(".clause").Nth(index))
                    .ToHaveAttributeAsync("data-metric", clause.GetProperty("metric").GetString()!);
        }
    }

    [Fact]
    public async Task A_customer_has_an_address_of_its_own_whatever_the_id_is_made_of()
    {
        const string Id = "ana.b@example.com/2";
        await browser.Host.Enrol(Id, "Ana Address");
        await using var visit = await browser.SignIn("/customers?q=ana.b");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Ana Address" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Ana Address" })).ToBeVisibleAsync();

        await visit.Page.ReloadAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Ana Address" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_sign_in_link_works_once_and_leaves_the_address()
    {
        var link = await browser.NewLink();
        await using var first = await browser.Open();
        await first.Page.GotoAsync($"/#link={link}");
        await Expect(first.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();
        Assert.DoesNotContain("link", first.Page.Url, StringComparison.Ordinal);

        await using var second = await browser.Open();
        await second.Page.GotoAsync($"/#link={link}");
        await Expect(second.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("used before");
        await Expect(second.Page.GetByLabel("Access token")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_token_signs_in_and_a_session_that_ended_asks_again()
    {
        await using var visit = await browser.Open();
        var page = visit.Page;
        await page.GotoAsync("/customers");
        await page.GetByLabel("Access token").FillAsync("not-a-token");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not open the dashboard");

        await page.GetByLabel("Access token").FillAsync(browser.Host.AdminToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Customers" })).ToBeVisibleAsync();

        await page.Context.ClearCookiesAsync();
        // What the page asks for by itself may be first to find that the session has ended: then there is nothing to search any more.
        await page.GetByLabel("Search customers").Or(page.GetByLabel("Access token")).FillAsync("anybody");
        await Expect(page.GetByLabel("Access token")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your session has ended");
    }

    [Fact]
    public async Task Who_signs_out_is_not_told_that_something_ended()
    {
        await using var visit = await browser.SignIn();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(visit.Page.GetByLabel("Access token")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByText("./lstep keys link")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task With_the_hub_blocked_the_page_says_so_and_stays_correct()
    {
        await browser.Host.Enrol("polled", "Pia Polled");
        await using var visit = await browser.SignIn(blocked: "**/hubs/**");
        await Expect(Link(visit.Page)).ToHaveTextAsync("Polling");

        await browser.Host.CompleteModules("polled");
        await Expect(visit.Page.Locator("[data-customer=polled][data-tag=ST_002]")).ToBeVisibleAsync(new() { Timeout = 10_000 });
        await CountsAgree(visit.Page);
    }

    [Fact]
    public async Task What_happened_while_the_line_was_down_is_shown_once_it_is_back()
    {
        await browser.Host.Enrol("missed", "Max Missed");
        await using var visit = await browser.SignIn();
        await Expect(Link(visit.Page)).ToHaveTextAsync("Live");

        await visit.GoOffline(true);
        await browser.Host.CompleteModules("missed");
        await visit.GoOffline(false);

        await Expect(visit.Page.Locator("[data-customer=missed][data-tag=ST_002]")).ToHaveCountAsync(1, new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_with_the_time_and_the_figures_stay()
    {
        await browser.Host.Enrol("kept", "Kai Kept");
        await using var visit = await browser.SignIn();
        await CountsAgree(visit.Page);
        var count = await visit.Page.GetByTestId("count-ST_001").TextContentAsync();
        var banner = visit.Page.Locator(".banner[data-kind=unreachable]");

        await visit.GoOffline(true);
        await Expect(banner).ToHaveTextAsync(new Regex(@"^Server unreachable since \d\d:\d\d.*, showing old figures"));
        await Expect(visit.Page.GetByTestId("count-ST_001")).ToHaveTextAsync(count!);

        await visit.GoOffline(false);
        await Expect(banner).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await CountsAgree(visit.Page);
    }

    [Fact]
    public async Task First_assignments_show_when_asked_for_and_stay_for_the_session()
    {
        await browser.Host.Enrol("first-1", "Fritz First");
        await using var visit = await browser.SignIn();
        var row = visit.Page.Locator("[data-customer=first-1][data-tag=ST_001]");
        await Expect(Link(visit.Page)).ToHaveTextAsync("Live");
        await Expect(row).ToHaveCountAsync(0);

        await visit.Page.GetByLabel("First assignments").CheckAsync();
        await Expect(row).ToContainTextAsync("Fritz First");

        await visit.Page.ReloadAsync();
        await Expect(row).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_a_move_weighed_stands_behind_a_click()
    {
        await browser.Host.Enrol("weighed", "Wim Weighed");
        await browser.Host.CompleteModules("weighed");
        await using var visit = await browser.SignIn();
        var row = visit.Page.Locator("[data-customer=weighed][data-tag=ST_002]");
        await row.Locator("summary").First.ClickAsync();

        await Expect(row).ToContainTextAsync("Mean assessment score is 92 of 100, at least 70");
        await Expect(row).ToContainTextAsync("assessment_avg_score 92 ≥ 70");
        await Expect(row).ToContainTextAsync("margin 100%");
        await Expect(row).ToContainTextAsync("evidence 100%");
    }

    [Fact]
    public async Task Every_page_has_a_title_and_a_heading_of_its_own()
    {
        await browser.Host.Enrol("titled", "Tia Titled");
        await using var visit = await browser.SignIn();
        await visit.ShowEventNames();
        var titles = new Dictionary<string, string>
        {
            ["/"] = "Overview", ["/today"] = "Today", ["/kpis"] = "KPIs", ["/risks"] = "Risk monitor", ["/cohorts"] = "Cohorts",
            ["/automation"] = "Automation", ["/matrix"] = "Matrix", ["/predictions"] = "Predictions",
            ["/recommendations"] = "Recommendations", ["/value"] = "Customer value",
            ["/customers"] = "Customers", ["/customers/titled"] = "Tia Titled", ["/reviews"] = "Open reviews",
            ["/rules"] = "Rules", ["/events"] = "Event names", ["/rejected"] = "Rejected events", ["/operations"] = "Operations",
            ["/audit"] = "Audit log",
        };
        foreach (var (path, title) in titles)
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page).ToHaveTitleAsync($"{title} · L-Step");
            await Expect(visit.Page.Locator("h1")).ToHaveTextAsync(title);
        }
    }

    [Fact]
    public async Task Times_are_the_viewers_and_the_exact_one_is_UTC()
    {
        await browser.Host.Enrol("zoned", "Zoe Zoned");
        await using var visit = await browser.SignIn("/customers/zoned", zone: "Asia/Tokyo");
        var happened = visit.Page.Locator(".happened time").First;
        var at = DateTimeOffset.Parse((await happened.GetAttributeAsync("datetime"))!, CultureInfo.InvariantCulture);

        await Expect(happened).ToHaveTextAsync(at.ToOffset(TimeSpan.FromHours(9)).ToString("hh:mm tt", CultureInfo.InvariantCulture));
        await Expect(happened).ToHaveAttributeAsync("title", new Regex(at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss") + ".* UTC"));
    }

    private async Task CountsAgree(IPage page)
    {
        var counts = (await browser.Host.Get("/api/analytics/distribution")).GetProperty("counts");
        foreach (var tag in counts.EnumerateObject())
            await Expect(page.GetByTestId("count-" + tag.Name))
                .ToHaveTextAsync(tag.Value.GetInt64().ToString(), new() { Timeout = 10_000 });
    }

    private static ILocator Link(IPage page) => page.Locator(".link-badge");

    private static ILocator Rows(IPage page) => page.Locator("table.lines tbody tr");
}
