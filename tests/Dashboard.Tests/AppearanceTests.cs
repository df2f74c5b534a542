using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>Every page in both schemes and on a desk and a phone; the pictures are left for people to look at.</summary>
public sealed class AppearanceTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task Every_page_opens_without_a_complaint_of_the_browser_and_fits_its_width(ColorScheme scheme, int width, int height)
    {
        await browser.Host.Enrol("seen", "Sia Seen");
        await browser.Host.CompleteModules("seen");
        await browser.Host.Refuse("refused", "seen");
        await using var visit = await browser.SignIn("/", scheme, width, height);
        await visit.ShowEventNames();

        foreach (var (name, path, landmark) in Pages)
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator(landmark).First).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
            Assert.Equal(0, await WiderThanTheWindow(visit.Page));
            await visit.Page.ScreenshotAsync(
                new() { Path = Browser.Screenshot($"{name}-{scheme}-{width}".ToLowerInvariant()), FullPage = true });
        }
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_keeps_anybody_from_reading_it(ColorScheme scheme)
    {
        await browser.Host.Enrol("seen", "Sia Seen");
        await browser.Host.CompleteModules("seen");
        await browser.Host.Refuse("unread", "seen");
        await using var visit = await browser.Open(scheme);
        await visit.Page.GotoAsync("/");
        await Expect(visit.Page.GetByLabel("Access token")).ToBeVisibleAsync();
        var found = await Violations(visit.Page, "sign-in");

        await visit.Page.GotoAsync($"/#link={await browser.NewLink()}");
        await visit.ShowEventNames();
        await Expect(visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();
        foreach (var (name, path, landmark) in Pages)
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator(landmark).First).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
            found.AddRange(await Violations(visit.Page, name));
        }
        Assert.Empty(found);
    }

    private static async Task<List<string>> Violations(IPage page, string name)
    {
        // The frame of a mail lets no script run, so that the checker would wait for its part for ever.
        await page.EvaluateAsync("document.querySelectorAll('iframe[sandbox]').forEach((frame) => frame.remove())");
        return
        [
            .. (await page.RunAxe()).Violations.SelectMany(
                violation => violation.Nodes, (violation, node) => $"{name}: {violation.Id}, {violation.Help}: {node.Html}"),
        ];
    }

    [Theory]
    [InlineData("Connecting")]
    [InlineData("Catching up")]
    [InlineData("Polling")]
    public async Task On_a_phone_every_word_of_the_live_badge_fits(string word)
    {
        await using var visit = await browser.SignIn("/customers", width: 360, height: 780);
        await visit.Page.Locator(".link-badge").EvaluateAsync("(badge, word) => { badge.lastChild.textContent = word }", word);
        Assert.Equal(0, await WiderThanTheWindow(visit.Page));
    }

    private static Task<int> WiderThanTheWindow(IPage page) =>
        page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    private static readonly (string Name, string Path, string Landmark)[] Pages =
    [
        ("overview", "/", ".feed-row"),
        ("today", "/today", ".tiles"),
        ("kpis", "/kpis", ".plot svg"),
        ("risks", "/risks", "[data-risk]"),
        ("cohorts", "/cohorts", ".plot svg"),
        ("automation", "/automation", ".tiles"),
        ("matrix", "/matrix", ".product-matrix td"),
        ("predictions", "/predictions", ".models li"),
        ("recommendations", "/recommendations", "h1"),
        ("value", "/value", ".tiles"),
        ("customers", "/customers", "table.lines tbody tr"),
        ("customer", "/customers/seen", ".rule-card"),
        ("reviews", "/reviews", "h1"),
        ("rules", "/rules", ".rule-line"),
        ("campaigns", "/campaigns", "[data-campaign]"),
        ("campaign", "/campaigns?name=progression_milestone", "iframe.mail"),
        ("campaign-set", "/campaigns?edit=progression_milestone", ".rule-line"),
        ("actions", "/actions", "[data-action]"),
        ("journey", "/journeys?customer=seen", ".happened"),
        ("tasks", "/tasks", "h1"),
        ("mailbox", "/mailbox", "h1"),
        ("events", "/events", "table.events tbody tr"),
        ("rejected", "/rejected", ".rejection"),
        ("operations", "/operations", ".rows li"),
        ("audit", "/audit", ".rows li"),
    ];
}
