using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

public sealed class CustomersPageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_columns_are_chosen_stay_and_can_be_shared_by_the_address()
    {
        await browser.Host.Enrol("column", "Cole Column");
        await using var visit = await browser.SignIn("/customers");
        var page = visit.Page;
        await Expect(Head(page, "Email")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await page.GetByLabel("Email").CheckAsync();
        await page.GetByLabel("Engagement").UncheckAsync();
        await Expect(Row(page, "column")).ToContainTextAsync("column@example.com");
        await page.ReloadAsync();
        await Expect(Head(page, "Email")).ToBeVisibleAsync();
        await Expect(Head(page, "Engagement")).ToHaveCountAsync(0);

        await page.GotoAsync("/customers?columns=tag,ltv");
        await Expect(page.Locator("thead th")).ToHaveTextAsync(["", "Customer", "Tag", "LTV"]);
    }

    [Fact]
    public async Task Everybody_who_is_selected_gets_the_tag_that_a_person_sets()
    {
        foreach (var id in new[] { "bulk-1", "bulk-2", "bulk-3" }) await browser.Host.Enrol(id, "Bela " + id);
        await using var visit = await browser.SignIn("/customers?q=bulk-");
        var page = visit.Page;
        foreach (var id in new[] { "bulk-1", "bulk-3" }) await page.GetByLabel("Select Bela " + id).CheckAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Set tag" }).ClickAsync();
        await page.GetByLabel("New tag").SelectOptionAsync("ST_003");
        await page.GetByLabel("Reason").FillAsync("certified elsewhere");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the tag of 2 customers" }).ClickAsync();

        await Expect(page.GetByText("2 customers set to Learning:Mastery.")).ToBeVisibleAsync();
        await Expect(Row(page, "bulk-1")).ToHaveAttributeAsync("data-tag", "ST_003");
        await Expect(Row(page, "bulk-2")).ToHaveAttributeAsync("data-tag", "ST_001");
        await Expect(Row(page, "bulk-3")).ToHaveAttributeAsync("data-tag", "ST_003");
    }

    [Fact]
    public async Task A_file_has_everybody_who_fits_in_the_columns_that_are_shown()
    {
        await browser.Host.Enrol("filed-1", "=1+1");
        await browser.Host.Enrol("filed-2", "Finja Filed");
        await using var visit = await browser.SignIn("/customers?q=filed-&columns=tier");
        var saved = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync((await saved.PathAsync())!));
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.EndsWith(".csv", saved.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal(["\uFEFFCustomer id,Name,Tier", "filed-1,'=1+1,Pro", "filed-2,Finja Filed,Pro"], lines);
    }

    [Fact]
    public async Task Of_many_customers_those_in_sight_are_drawn_and_scrolling_brings_the_others()
    {
        for (var number = 0; number < 260; number++) await browser.Host.Enrol($"crowd-{number:d3}", $"Cem Crowd {number:d3}");
        await using var visit = await browser.SignIn("/customers?q=crowd-");
        await Expect(Row(visit.Page, "crowd-000")).ToBeVisibleAsync();
        Assert.InRange(await visit.Page.Locator("table.lines tbody tr").CountAsync(), 10, 80);

        await visit.Page.WaitForFunctionAsync(
            """
            () => {
                const list = document.querySelector(".table-scroll");
                list.scrollTop = list.scrollHeight;
                return document.querySelector("a[href='/customers/crowd-259']") !== null;
            }
            """);
        await Expect(Row(visit.Page, "crowd-259")).ToBeVisibleAsync();
    }

    private static ILocator Head(IPage page, string name) => page.GetByRole(AriaRole.Columnheader, new() { Name = name });

    private static ILocator Row(IPage page, string id) =>
        page.Locator("table.lines tbody tr", new() { Has = page.Locator($"a[href='/customers/{id}']") });
}
