using System.Net;
using LStep.Grains.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>Keys on the Operations page, and the audit log: both for admins only.</summary>
public sealed class KeysTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task An_admin_makes_a_key_that_is_shown_once_and_revokes_it()
    {
        await using var visit = await browser.SignIn("/operations");
        var page = visit.Page;
        await page.GetByLabel("Whose key it is").FillAsync("Nora of the team");
        await page.GetByLabel("Role").SelectOptionAsync("success");
        await page.GetByLabel("When it ends").SelectOptionAsync(new SelectOptionValue { Label = "In 30 days" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();

        var made = page.Locator(".made-key");
        await Expect(made).ToContainTextAsync("Nora of the team");
        var token = await made.Locator("code").InnerTextAsync();
        Assert.Equal(HttpStatusCode.OK, await Call(token));
        await made.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(page.GetByText(token)).ToHaveCountAsync(0);

        var row = page.Locator("[data-key]").Filter(new() { HasText = "Nora of the team" });
        await Expect(row).ToContainTextAsync("made");
        await Expect(row).ToContainTextAsync("Ends");
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke Nora of the team" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        Assert.Equal(HttpStatusCode.OK, await Call(token));
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke Nora of the team" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Expect(row.Locator(".pill")).ToHaveTextAsync("revoked");
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(token));

        await visit.OpenGroup("System");
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit" }).ClickAsync();
        await page.GetByLabel("Action").FillAsync("key");
        await Expect(page.Locator(".rows > li").First).ToContainTextAsync("Key revoked");
        await Expect(page.Locator(".rows > li").First).ToContainTextAsync("Nora of the team");
        await Expect(page.Locator(".rows > li").Filter(new() { HasText = "Session opened" })).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_last_key_of_an_admin_stays_and_the_page_says_why()
    {
        await using var visit = await browser.SignIn("/operations");
        var row = visit.Page.Locator("[data-key]").Filter(new() { HasText = "first admin" });
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke first admin" }).ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Revoke it" }).ClickAsync();
        await Expect(row.GetByRole(AriaRole.Alert)).ToContainTextAsync("last key of an admin");
    }

    [Fact]
    public async Task A_viewer_is_shown_neither()
    {
        await using var visit = await browser.SignIn("/operations", role: Role.Viewer);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Flags" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Keys" })).ToHaveCountAsync(0);
        await visit.OpenGroup("System");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Rejected" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Audit" })).ToHaveCountAsync(0);
        await visit.Page.GotoAsync("/audit");
        await Expect(visit.Page.GetByRole(AriaRole.Heading)).ToContainTextAsync("for admins");
        Assert.Empty(visit.Complaints);
    }

    private async Task<HttpStatusCode> Call(string token)
    {
        using var client = new HttpClient { BaseAddress = browser.Host.Address };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        using var answer = await client.GetAsync("/api/flags");
        return answer.StatusCode;
    }
}
