using System.Text;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The pages about people: in Japanese, and their lists as files.</summary>
public sealed class PeoplePagesTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly (string Path, string Heading)[] Pages =
    [
        ("/reviews", "未対応のレビュー"), ("/tasks", "タスク"), ("/events", "イベント名"), ("/rejected", "拒否されたイベント"),
        ("/mailbox", "メールボックス"), ("/audit", "監査ログ"), ("/customers/nobody", "このIDの顧客は見つかりません"),
        ("/customers/told", "Tomo Told"),
    ];

    [Fact]
    public async Task Every_page_about_people_speaks_Japanese_and_fits_a_phone()
    {
        await browser.Host.Enrol("told", "Tomo Told");
        await browser.Host.CompleteModules("told");
        await browser.Host.Refuse("told-1", "told");
        await using var visit = await InJapanese(width: 360);
        foreach (var (path, heading) in Pages)
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
            await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
            Assert.Equal(360, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Empty((await visit.Page.RunAxe()).Violations);
        }
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("モジュール完了");
        await Expect(visit.Page.Locator(".timeline")).ToContainTextAsync("完了モジュール2件（条件: 2以上）");
        await Expect(visit.Page.Locator(".why")).ToContainTextAsync("確認したルール");
    }

    [Fact]
    public async Task A_list_that_is_read_in_pages_is_saved_whole_and_nothing_in_it_is_a_formula()
    {
        await browser.Host.Enrol("filed", "Fila Filed");
        await browser.Host.Post([.. Enumerable.Range(0, 130).Select(
            number => (object)new { type = "track", userId = "filed", @event = $"=Drawn {number:d3}", properties = new { } })]);
        await using var visit = await browser.SignIn("/customers/filed");
        await Expect(visit.Page.Locator(".timeline .happened").First).ToBeVisibleAsync();

        var lines = await Saved(visit.Page, visit.Page.Locator(".timeline"), "l-step-timeline-filed.csv");
        Assert.Equal("\uFEFFAt,What,How often,Details,Code before,Code after,Tag after,Confidence,Why", lines[0]);
        Assert.Equal(130, lines.Count(line => line.Contains(",'=Drawn ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains(",Transition,,First assignment,,ST_001,Learning:Active,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_is_in_the_language_of_the_page()
    {
        await browser.Host.Refuse("=refused", "told");
        await using var visit = await InJapanese();
        await visit.Page.GotoAsync("/rejected");
        await Expect(visit.Page.Locator(".rejection").First).ToBeVisibleAsync();

        var lines = await Saved(visit.Page, visit.Page.Locator(".card-head"), "l-step-rejected.csv");
        Assert.StartsWith("\uFEFF受信日時,コード,理由,", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("score_out_of_range,スコアが範囲外です。", StringComparison.Ordinal)
            && line.Contains(",'=refused,", StringComparison.Ordinal));
    }

    private async Task<Visit> InJapanese(int width = 1440)
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
