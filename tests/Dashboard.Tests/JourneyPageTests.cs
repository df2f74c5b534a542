using LStep.Grains.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The path of a customer before it happens, of a real one and of one who does not exist.</summary>
public sealed class JourneyPageTests
{
    [Fact]
    public async Task A_journey_is_previewed_with_its_messages_and_nothing_is_sent()
    {
        await using var browser = await Browser.OnSinks();
        await browser.Host.Enrol("ada", "Ada Lovelace");
        await using var visit = await browser.SignIn("/customers/ada", role: Role.Success);
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "What would come next" }).ClickAsync();
        await Expect(page.Locator(".journey-known")).ToContainTextAsync("Ada Lovelace");
        await page.GetByLabel("Beginning with").SelectOptionAsync("ST_004");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the journey" }).PressAsync("Enter");

        var checkIn = page.Locator(".happened[data-fate=sent]").Filter(new() { HasText = "Personal check in" });
        await checkIn.Locator("summary").PressAsync("Enter");
        await Expect(checkIn.FrameLocator("iframe.mail").Locator("body")).ToContainTextAsync("Ada");
        await Expect(page.Locator(".happened[data-kind=move]").First).ToBeVisibleAsync();

        var actions = (await browser.Host.Get("/api/actions?customer=ada")).GetProperty("items").EnumerateArray();
        Assert.DoesNotContain(actions, action => action.GetProperty("campaign").GetString() == "personal_check_in");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Somebody_who_is_invented_has_a_journey_and_reads_why_a_message_is_not_sent()
    {
        await using var browser = await Browser.OnSinks();
        await using var visit = await browser.SignIn("/journeys", width: 390, height: 844);
        var page = visit.Page;
        await page.GetByLabel("Somebody invented").CheckAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Iva Invented");
        await page.GetByRole(AriaRole.Group, new() { Name = "Agrees to" }).GetByLabel("Mail").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the journey" }).ClickAsync();
        var welcome = page.Locator(".happened[data-fate=not]").Filter(new() { HasText = "Welcome active learner" }).First;
        await Expect(welcome).ToContainTextAsync("opted out of this channel");
        Assert.Empty(visit.Complaints);
    }
}
