using System.Net.Http.Json;
using LStep.Grains.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>What follows a move of the tag, as people see it: tasks, mails, and why something was not sent.</summary>
public sealed class CampaignPagesTests
{
    [Fact]
    public async Task A_task_is_completed_and_says_by_whom()
    {
        await using var browser = await Browser.OnSinks();
        await browser.Host.Enrol("ada", "Ada Lovelace");
        using (var moved = await browser.Host.Client.PutAsJsonAsync("/api/customers/ada/status", new { tag = "ST_005", reason = "a test" }))
            Assert.True(moved.IsSuccessStatusCode);

        await using var visit = await browser.SignIn("/tasks", role: Role.Success);
        var page = visit.Page;
        var task = page.Locator(".task");
        await Expect(task).ToContainTextAsync("Ada Lovelace");
        await Expect(task).ToContainTextAsync("due within a day");
        await task.GetByRole(AriaRole.Button, new() { NameString = "Take over" }).ClickAsync();
        await Expect(task).ToContainTextAsync("with you");
        await task.GetByRole(AriaRole.Button, new() { NameString = "Complete:" }).ClickAsync();
        await task.GetByRole(AriaRole.Textbox).FillAsync("She will be back on Monday.");
        await task.GetByRole(AriaRole.Textbox).PressAsync("Enter");
        await Expect(page.GetByText("No task waits.")).ToBeVisibleAsync();
        await page.GetByLabel("Which tasks").SelectOptionAsync("done");
        await Expect(task).ToContainTextAsync("by browser test");
        await Expect(task).ToContainTextAsync("She will be back on Monday.");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_mail_that_was_kept_is_looked_at_and_its_sender_learns_nothing()
    {
        await using var browser = await Browser.OnSinks();
        await browser.Host.Enrol("bea", "Bea Weber");
        await browser.Host.CompleteModules("bea");
        await using var visit = await browser.SignIn("/customers/bea");
        var (page, asked) = (visit.Page, new List<string>());
        page.Request += (_, request) => asked.Add(new Uri(request.Url).AbsolutePath);

        var action = page.Locator("[data-action]").Filter(new() { HasText = "Progression milestone" });
        await Expect(action.Locator(".pill")).ToHaveTextAsync("sent");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mailbox" }).ClickAsync();
        await page.Locator(".mailbox-list a").Filter(new() { HasText = "bea@example.com" }).First.ClickAsync();
        var mail = page.FrameLocator("iframe.mail");
        await Expect(mail.Locator("body")).ToContainTextAsync("Bea");
        var picture = mail.Locator("img[src^='data:image/']").First;
        await Expect(picture).ToBeVisibleAsync();
        Assert.True(await picture.EvaluateAsync<int>("each => each.naturalWidth") > 0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Phone" }).ClickAsync();
        await Expect(page.Locator("iframe.mail")).ToHaveCSSAsync("width", "390px");
        await page.GetByRole(AriaRole.Button, new() { Name = "Plain text" }).ClickAsync();
        await Expect(page.Locator(".message-text")).ToContainTextAsync("Bea");

        // The pixel is there, and the page's policy keeps it from being asked for.
        Assert.DoesNotContain(asked, path => path.StartsWith("/o/", StringComparison.Ordinal));
        Assert.All(visit.Complaints, complaint => Assert.Contains("/o/", complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_campaign_shows_what_became_of_it_and_what_it_looks_like_in_each_language()
    {
        await using var browser = await Browser.OnSinks();
        await browser.Host.Enrol("cleo", "Cleo Novak");
        await using var visit = await browser.SignIn("/campaigns", width: 1280);
        var page = visit.Page;
        await Expect(page.Locator("[data-campaign]")).ToHaveCountAsync(24);
        await page.GetByRole(AriaRole.Link, new() { Name = "Welcome active learner" }).ClickAsync();
        var mail = page.FrameLocator("iframe.mail");
        await Expect(mail.Locator("body")).ToContainTextAsync("Cleo");
        var english = await page.Locator(".message-subject").InnerTextAsync();
        await page.GetByLabel("Language").SelectOptionAsync("ja");
        await Expect(page.Locator(".message-subject")).Not.ToHaveTextAsync(english);
        await Expect(page.Locator("[data-action]").First).ToContainTextAsync("Cleo Novak");
        Assert.Empty(visit.Complaints);
    }
}
