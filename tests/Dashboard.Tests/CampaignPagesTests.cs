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
        var (page, answered) = (visit.Page, new List<string>());
        page.Response += (_, response) => answered.Add(new Uri(response.Url).AbsolutePath);

        var action = page.Locator("[data-action]").Filter(new() { HasText = "Progression milestone" });
        await Expect(action.Locator(".pill")).ToHaveTextAsync("sent");
        await visit.OpenGroup("System");
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

        // The pixel is there, and the page's policy keeps the server from being asked for it. The browser may tell of a request that it
        // does not send.
        Assert.Contains(answered, path => path.StartsWith("/api/mailbox/", StringComparison.Ordinal));
        Assert.DoesNotContain(answered, path => path.StartsWith("/o/", StringComparison.Ordinal));
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

    [Fact]
    public async Task A_test_is_sent_to_an_address_of_ones_own_and_counts_nowhere()
    {
        await using var browser = await Browser.OnSinks();
        await browser.Host.Enrol("eve", "Eve Evans");
        await using var visit = await browser.SignIn("/campaigns?name=mastery_achievement", role: Role.Success);
        var page = visit.Page;
        await page.GetByLabel("Customer to preview for").FillAsync("Eve");
        await page.GetByRole(AriaRole.Button, new() { Name = "Eve Evans" }).ClickAsync();
        await page.GetByText("Send this as a test").ClickAsync();
        await page.GetByLabel("Where to send it by Email").FillAsync("me@example.com");
        await page.GetByLabel("Where to send it by Email").PressAsync("Enter");
        await Expect(page.GetByText("Sent by Email to me@example.com")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Actions", Exact = true }))
            .ToContainTextAsync("Nobody has been given it yet.");
        await page.GotoAsync("/mailbox");
        await Expect(page.Locator(".mailbox-list")).ToContainTextAsync("me@example.com");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_report_shows_what_is_known_and_says_in_words_why_a_figure_is_missing()
    {
        await using var browser = await Browser.OnSinks();
        await browser.Host.Enrol("dora", "Dora Diaz");
        await using var visit = await browser.SignIn("/campaigns?name=welcome_active_learner");
        var page = visit.Page;
        var report = page.GetByRole(AriaRole.Region, new() { Name = "Results" });
        await Expect(report).ToContainTextAsync("Nobody has been given it in this time.");

        await page.RouteAsync("**/api/campaigns/*/report*", route => route.FulfillAsync(new() { Json = Report }));
        await page.ReloadAsync();
        var better = report.Locator("[data-group=b]");
        await Expect(better).ToContainTextAsync("leads");
        await Expect(better).ToContainTextAsync("14%");
        await Expect(better.Locator(".rate-interval").First).ToBeVisibleAsync();
        await Expect(report.Locator("[data-group=holdout]")).ToContainTextAsync("no rate yet");
        await Expect(report).ToContainTextAsync("Converted 6.1 points more often than without it (95% interval 2.1 to 10.1 points).");
        await Expect(report).ToContainTextAsync("Recovered: 0 customers of the holdout have recovered; a figure needs 5.");
        await Expect(report).ToContainTextAsync("214 opens and 12 clicks by programs");
        Assert.Empty(visit.Complaints);
    }

    /// <summary>As GET /api/campaigns/{name}/report answers, of more customers than a test has.</summary>
    private static object Report
    {
        get
        {
            var why = "recovered: 0 customers of the holdout have recovered; a figure needs 5.";
            return new
            {
                campaign = "welcome_active_learner", from = "2026-01-01", to = "2026-03-31",
                window = new { recoveredWithinDays = 14, convertedWithinDays = 7 },
                groups = new[]
                {
                    Group("a", 1204, Share(0.1), new { difference = 0.012, low = -0.014, high = 0.038, certain = false }, why),
                    Group("b", 1187, Share(0.14), new { difference = 0.061, low = 0.021, high = 0.101, certain = true }, why),
                    Group(null, 41, null, null, null),
                },
                machine = new { opened = 214, clicked = 12 }, leader = "b", behind = false,
            };

            static object? Share(double value) => new { value, low = value - 0.02, high = value + 0.02 };

            static object Group(string? variant, int customers, object? rate, object? uplift, string? whyNoUplift) => new
            {
                variant, holdout = variant is null, customers, actions = new { }, sent = customers, delivered = customers, opened = 400,
                clicked = 90, bounced = 1, complained = 0, unsubscribed = 2, attributed = 0, converted = 5, recovered = 0,
                known = new { converted = customers, recovered = customers },
                rates = new { opened = rate, clicked = rate, converted = rate, recovered = (object?)null },
                uplift = new { converted = uplift, recovered = (object?)null }, whyNoUplift,
            };
        }
    }
}
