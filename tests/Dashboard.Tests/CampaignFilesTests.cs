using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The pages about rules and campaigns: in Japanese, and their lists as files.</summary>
public sealed class CampaignFilesTests : IAsyncLifetime
{
    private Browser browser = null!;

    public async Task InitializeAsync() => browser = await Browser.OnSinks();

    public async Task DisposeAsync() => await browser.DisposeAsync();

    private static readonly (string Path, string Heading)[] Pages =
    [
        ("/rules", "ルール"), ("/campaigns", "キャンペーン"), ("/campaigns?name=progression_milestone", "Progression milestone"),
        ("/campaigns?edit=progression_milestone", "キャンペーンを変更"), ("/actions", "アクション"),
        ("/journeys?customer=told", "ジャーニーのプレビュー"),
    ];

    [Fact]
    public async Task Every_page_about_rules_and_campaigns_speaks_Japanese_and_fits_a_phone()
    {
        await browser.Host.Enrol("told", "Tomo Told");
        await browser.Host.CompleteModules("told");
        await using var visit = await InJapanese(360);
        foreach (var (path, heading) in Pages)
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
            Assert.Equal(360, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            // The frame of a mail lets no script run, so that the checker would wait for its part for ever.
            await visit.Page.EvaluateAsync("document.querySelectorAll('iframe[sandbox]').forEach((frame) => frame.remove())");
            Assert.Empty((await visit.Page.RunAxe()).Violations);
        }
        await visit.Page.GotoAsync("/rules");
        await visit.Page.Locator(".rule-line").Filter(new() { HasText = "At-risk detection" }).ClickAsync();
        var clause = visit.Page.Locator(".clause-fields[data-metric=engagement_score]");
        await clause.GetByLabel("値").FillAsync("-3");
        await Expect(clause.GetByRole(AriaRole.Alert)).ToContainTextAsync("この条件が満たされることはありません。");
    }

    [Fact]
    public async Task Rules_campaigns_and_actions_are_saved_as_they_are_told()
    {
        await browser.Host.Enrol("filed", "Fila Filed");
        await browser.Host.CompleteModules("filed");
        await using var visit = await browser.SignIn("/rules");
        var page = visit.Page;
        await Expect(page.Locator(".rule-line").First).ToBeVisibleAsync();
        var rules = await Saved(page, page.Locator(".card-head").First, "l-step-rules-version-1.csv");
        Assert.Contains(
            rules, line => line.StartsWith("10,Active to Progressing,ST_001 Active,ST_002 Progressing,", StringComparison.Ordinal)
                && line.Contains("Modules completed is at least 2 and ", StringComparison.Ordinal));
        var versions = await Saved(
            page, page.GetByRole(AriaRole.Region, new() { Name = "Versions" }).Locator(".card-head"), "l-step-rules-versions.csv");
        Assert.Equal(2, versions.Length);
        Assert.StartsWith("1,yes,", versions[1], StringComparison.Ordinal);

        await page.GotoAsync("/campaigns");
        await Expect(page.Locator("[data-campaign]").First).ToBeVisibleAsync();
        Assert.Equal(25, (await Saved(page, page.Locator(".card-head"), "l-step-campaigns.csv")).Length);

        await page.GotoAsync("/actions?customer=filed&campaign=progression_milestone");
        await Expect(page.Locator("[data-action] .pill").First).ToHaveTextAsync("sent");
        var actions = await Saved(page, page.Locator(".card-head"), "l-step-actions-progression-milestone-filed.csv");
        Assert.Contains(",filed,Progression milestone,1,,Email,sent,", Assert.Single(actions[1..]), StringComparison.Ordinal);
    }

    private async Task<Visit> InJapanese(int width)
    {
        var visit = await browser.SignIn(width: width);
        await visit.Page.EvaluateAsync("localStorage.setItem('lstep.language', 'ja')");
        return visit;
    }

    private static async Task<string[]> Saved(IPage page, ILocator list, string name)
    {
        var saved = await page.RunAndWaitForDownloadAsync(() => list.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal(name, saved.SuggestedFilename);
        var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync((await saved.PathAsync())!));
        return text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
