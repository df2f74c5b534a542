using System.Text.RegularExpressions;
using LStep.Grains.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>What somebody meets who has never been here: the way in, the first event, a refused one, an unknown name.</summary>
public sealed class NewcomerTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task An_empty_installation_leads_to_the_first_event_and_shows_it_as_it_comes()
    {
        await using var empty = await Browser.OnEmpty();
        await using var visit = await empty.SignIn();
        var page = visit.Page;
        await Expect(page.GetByText("Waiting for your first event")).ToBeVisibleAsync();
        await Expect(page.GetByText("keys.json")).ToBeVisibleAsync();
        await page.GetByLabel("Write key, to fill in the snippet").FillAsync(empty.Host.WriteKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "curl" }).ClickAsync();
        await Expect(page.Locator(".snippet")).ToContainTextAsync(empty.Host.Address.ToString().TrimEnd('/') + "/v1/track");
        Assert.DoesNotContain(empty.Host.WriteKey, await page.Locator(".snippet").TextContentAsync(), StringComparison.Ordinal);

        await empty.Host.Refuse("too-good", "new");
        await Expect(page.GetByText("The score is out of range.")).ToBeVisibleAsync();

        await empty.Host.Enrol("new", "Nova New");
        await Expect(page.GetByText("Your first event is here.")).ToBeVisibleAsync(new() { Timeout = 5_000 });
        await Expect(page.GetByTestId("count-ST_001")).ToHaveTextAsync("1");
        Assert.DoesNotContain(empty.Host.WriteKey, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_snippet_that_is_copied_has_the_key_that_was_given()
    {
        await using var empty = await Browser.OnEmpty();
        await using var visit = await empty.SignIn();
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await visit.Page.GetByLabel("Write key, to fill in the snippet").FillAsync("lsw_of-the-newcomer");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();

        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        var copied = await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Contains("lsw_of-the-newcomer", copied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_pasted_into_an_open_tab_signs_in_and_leaves_address_and_history()
    {
        await using var visit = await browser.Open();
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page.GetByLabel("Access token")).ToBeVisibleAsync();

        await Paste(visit.Page, await browser.NewLink());

        await Expect(visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();
        Assert.DoesNotContain("link", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Customers", Exact = true }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/customers$"));
        for (var steps = 0; steps < 2; steps++)
        {
            await visit.Page.EvaluateAsync("history.back()");
            await Expect(visit.Page).ToHaveURLAsync(new Regex("^[^#]*$"));
        }
    }

    [Fact]
    public async Task A_used_link_pasted_into_an_open_tab_says_so_and_the_page_stays()
    {
        var used = await browser.NewLink();
        await using var first = await browser.Open();
        await first.Page.GotoAsync($"/#link={used}");
        await Expect(first.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();

        await Paste(first.Page, used);

        await Expect(first.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("used before");
        await Expect(first.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("./lstep keys link");
        await Expect(first.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();
        Assert.DoesNotContain("link", first.Page.Url, StringComparison.Ordinal);
        await first.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(first.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_refused_event_says_why_and_what_to_do()
    {
        await browser.Host.Enrol("wrong-score", "Willa Wrong");
        await browser.Host.Refuse("beyond-100", "wrong-score");
        await using var visit = await browser.SignIn("/rejected");
        var row = visit.Page.Locator(".rejection").Filter(new() { HasText = "beyond-100" });

        await Expect(row).ToContainTextAsync("The score is out of range.");
        await Expect(row).ToContainTextAsync("Send 0 to 100 for assessments");
        await Expect(row).ToContainTextAsync("Willa Wrong");
    }

    [Fact]
    public async Task Every_empty_list_says_why_it_is_empty_and_what_to_do()
    {
        await using var empty = await Browser.OnEmpty();
        await using var visit = await empty.SignIn();
        foreach (var (path, why) in new[]
        {
            ("/customers", "There are no customers yet."), ("/customers?q=nobody", "No customer has “nobody”"),
            ("/customers?tag=ST_003", "No customer fits these filters."), ("/reviews", "Nobody is waiting for a decision."),
            ("/rejected", "No event was rejected."),
        })
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator(".nothing p").First).ToContainTextAsync(why);
            await Expect(visit.Page.Locator(".nothing p")).ToHaveCountAsync(2);
        }
    }

    [Fact]
    public async Task An_unknown_event_name_is_mapped_with_one_click()
    {
        await using var visit = await browser.SignIn();
        await visit.ShowEventNames();
        await visit.Page.GotoAsync("/events");
        var mapping = visit.Page.WaitForRequestAsync(request => request.Method == "PUT");

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Map to lesson completed" }).ClickAsync();

        var sent = await mapping;
        Assert.EndsWith("/api/events/Lesson%20Complete", sent.Url, StringComparison.Ordinal);
        Assert.Equal("""{"activity":"lesson_completed"}""", sent.PostData);
        Assert.NotEmpty(await sent.HeaderValueAsync("X-LStep-CSRF") ?? "");
    }

    [Fact]
    public async Task Only_an_admin_is_offered_to_map_names()
    {
        await using var visit = await browser.SignIn(role: Role.Viewer);
        await visit.ShowEventNames();
        await visit.Page.GotoAsync("/events?show=unknown");

        await Expect(visit.Page.GetByText("Close to “Lesson Completed”.")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("table.events button, table.events select")).ToHaveCountAsync(0);
        await Expect(visit.Page.GetByLabel("Which names")).ToHaveValueAsync("unknown");
    }

    /// <summary>In an open tab only the fragment changes; nothing is loaded.</summary>
    private static async Task Paste(IPage page, string link) =>
        await page.EvaluateAsync("link => { location.href = '/#link=' + link }", link);
}
