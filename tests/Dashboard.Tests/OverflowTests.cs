using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>No page scrolls sideways, whatever people and their systems are called.</summary>
public sealed class OverflowTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    private static readonly int[] Widths = [320, 375, 768, 1024, 1280, 1440, 1920];

    private static readonly string LongId = new('x', 120);
    private static readonly (string Id, string Name)[] People =
    [
        (LongId, new string('W', 160)),
        ("emoji-👩‍🎓", "👩‍🎓🧑🏽‍🏫 Ñandú Ångström-Österreicher"),
        ("rtl", "محمد عبد الرحمن بن عبد الله الخوارزمي المنصور بالله"),
        ("many-words", string.Join(' ', Enumerable.Repeat("Wolfeschlegelsteinhausenbergerdorff", 5))),
    ];

    [Fact]
    public async Task No_page_is_wider_than_its_window_from_320_to_1920()
    {
        foreach (var (id, name) in People)
        {
            await browser.Host.Post(new
            {
                type = "identify", userId = id,
                traits = new
                {
                    name, email = new string('m', 60) + "@" + new string('e', 60) + ".example", plan = "Enterprise",
                    ltv = 9_876_543_210_123,
                },
            });
            await browser.Host.CompleteModules(id);
            await browser.Host.Post(new
            {
                type = "track", userId = id, @event = "Course" + new string('e', 80), properties = new { lessonId = new string('l', 200) },
            });
        }
        await browser.Host.Refuse("score-" + LongId[..80], LongId);
        await PublishLongWords();

        await using var visit = await browser.SignIn();
        await visit.ShowEventNames();
        var wide = new List<string>();
        output.WriteLine($"{"page",-12}{string.Concat(Widths.Select(width => $"{width,8}"))}");
        foreach (var (name, path, landmark) in Pages)
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator(landmark).First).ToBeVisibleAsync();
            await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
            await OpenEverything(visit.Page);
            var line = $"{name,-12}";
            foreach (var width in Widths)
            {
                await visit.Page.SetViewportSizeAsync(width, 900);
                var scrollWidth = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                line += $"{scrollWidth,8}";
                if (scrollWidth > width) wide.Add($"{name} is {scrollWidth} wide in {width}: {await Widest(visit.Page)}");
            }
            output.WriteLine(line);
        }
        Assert.Empty(wide);
    }

    [Fact]
    public async Task The_sign_in_page_and_the_banners_fit_too()
    {
        await using var visit = await browser.Open(width: 320);
        await visit.Page.GotoAsync("/#link=" + new string('k', 300));
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        foreach (var width in Widths)
        {
            await visit.Page.SetViewportSizeAsync(width, 900);
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    /// <summary>First in the list, so that the page opens it.</summary>
    private async Task PublishLongWords()
    {
        var rules = (JsonArray)JsonNode.Parse((await browser.Host.Get("/api/rules")).GetProperty("rules").GetRawText())!;
        rules[0]!["name"] = new string('R', 100);
        rules[0]!["conditions"] = JsonNode.Parse(
            $$$"""{"traits.{{{LongId}}}":{"operator":"in","value":["{{{LongId}}}"]},"any":[{"not":{"any":[{"customer_tier":"Pro"},{"session_minutes_30d":{"operator":"between","value":[1,2]}}]}},{"risk_indicators":{"operator":"contains","value":"learning_stagnation"}}]}""");
        using var answer = await browser.Host.Client.PutAsJsonAsync("/api/rules", new { rules, comment = new string('c', 400) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task OpenEverything(IPage page) =>
        await page.EvaluateAsync("document.querySelectorAll('details').forEach((each) => { each.open = true })");

    /// <summary>What reaches out of the window and lies in nothing that scrolls by itself: where to look.</summary>
    private static Task<string> Widest(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
            const scrolls = (each) => each && (getComputedStyle(each).overflowX !== "visible" || scrolls(each.parentElement));
            return [...document.querySelectorAll("#root *")]
                .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(each.parentElement))
                .slice(0, 3).map((each) => each.outerHTML.slice(0, 120)).join(" | ");
        }
        """);

    private static (string Name, string Path, string Landmark)[] Pages =>
    [
        ("overview", "/", ".feed-row"),
        ("kpis", "/kpis", ".plot svg"),
        ("risks", "/risks", "[data-risk]"),
        ("today", "/today", ".tiles"),
        ("cohorts", "/cohorts", ".plot svg"),
        ("automation", "/automation", ".tiles"),
        ("matrix", "/matrix", ".product-matrix td"),
        ("predictions", "/predictions", ".models li"),
        ("recommendations", "/recommendations", "h1"),
        ("value", "/value", ".tiles"),
        ("customers", "/customers", "table.lines tbody tr"),
        .. People.Select((person, index) => ($"customer {index + 1}", "/customers/" + Uri.EscapeDataString(person.Id), ".rule-card")),
        ("nobody", "/customers/" + new string('n', 128), ".notice"),
        ("reviews", "/reviews", "h1"),
        ("rules", "/rules", ".rule-line"),
        ("campaigns", "/campaigns", "[data-campaign]"),
        ("campaign", "/campaigns?name=progression_milestone", "iframe.mail"),
        ("campaign set", "/campaigns?edit=progression_milestone", ".rule-line"),
        ("actions", "/actions", "[data-action]"),
        ("journey", "/journeys?customer=" + LongId, ".happened"),
        ("tasks", "/tasks", "h1"),
        ("mailbox", "/mailbox", "h1"),
        ("events", "/events", "table.events tbody tr"),
        ("rejected", "/rejected", ".rejection"),
        ("operations", "/operations", ".rows li"),
        ("audit", "/audit", ".rows li"),
    ];
}
