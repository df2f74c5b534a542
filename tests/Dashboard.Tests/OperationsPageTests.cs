using System.Net;
using System.Net.Http.Json;
using LStep.Grains.People;
using LStep.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The Operations page shows what the silos say of themselves, and takes a batch back.</summary>
public sealed class OperationsPageTests : IAsyncLifetime
{
    private Browser browser = null!;

    public async Task InitializeAsync() => browser = await Browser.OnEmpty();

    public async Task DisposeAsync() => await browser.DisposeAsync();

    [Fact]
    public async Task What_was_sent_in_the_last_minute_is_on_the_page_with_the_server_that_took_it()
    {
        await using var visit = await browser.SignIn("/operations", role: Role.Viewer);
        var page = visit.Page;
        await Expect(page.Locator("[data-node]")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-node] .pill")).ToHaveTextAsync("serving");
        await browser.Host.Post([.. Enumerable.Range(0, 120).Select(
            n => new { type = "track", userId = "ada", @event = "Logged In", messageId = $"m-{n}" })]);
        await browser.Host.Services.GetRequiredService<NodeBeat>().Beat(default);

        await Expect(Figure(page, "Accepted per second")).ToHaveTextAsync("2");
        await Expect(page.Locator("[data-node] td").Nth(1)).ToHaveTextAsync("2");
        await Expect(Figure(page, "Rejected per second")).ToHaveTextAsync("0");
        await Expect(page.Locator("[data-follower=analytics] .pill")).ToHaveTextAsync("up to date");
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Region, new() { Name = "Servers" })
            .Locator(".card-head").GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        Assert.Contains(Environment.MachineName, await File.ReadAllTextAsync((await saved.PathAsync())!), StringComparison.Ordinal);
        await Expect(page.GetByText("Make a key")).ToHaveCountAsync(0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_batch_appears_with_what_it_came_to_and_is_taken_back_after_it_was_counted()
    {
        await Rollout(0);
        await browser.Host.Enrol("mover", "Mo Mover");
        await browser.Host.Post(
            new { type = "track", userId = "mover", @event = "Module Completed", properties = new { moduleId = "m1" } },
            new { type = "track", userId = "mover", @event = "Module Completed", properties = new { moduleId = "m2" } },
            new { type = "track", userId = "mover", @event = "Quiz Completed", properties = new { score = 95 } });
        Assert.Equal("ST_001", await Tag());
        await using var visit = await browser.SignIn("/operations");
        var batch = visit.Page.Locator("[data-batch]").Filter(new() { HasText = "1 move," });
        await Rollout(100);

        await Expect(batch).ToContainTextAsync("Evaluation after a flag was changed", new() { Timeout = 25_000 });
        await Expect(batch.Locator(".pill")).ToHaveTextAsync("finished");
        Assert.Equal("ST_002", await Tag());
        await batch.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(batch).ToContainTextAsync("1 move would be taken back.");
        Assert.Equal("ST_002", await Tag());
        await batch.GetByRole(AriaRole.Button, new() { Name = "Take them back" }).ClickAsync();
        await Expect(batch).ToContainTextAsync("1 move was taken back.");
        Assert.Equal("ST_001", await Tag());
        Assert.Empty(visit.Complaints);
    }

    private static ILocator Figure(IPage page, string title) =>
        page.Locator(".figure").Filter(new() { HasText = title }).Locator(".figure-value");

    private async Task<string?> Tag() => (await browser.Host.Get("/api/customers/mover")).GetProperty("tag").GetString();

    private async Task Rollout(int percentage)
    {
        using var set = await browser.Host.Client.PutAsJsonAsync("/api/flags/rollout_percentage", new { value = percentage });
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
    }
}
