using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The customer as it was known on a past day.</summary>
public sealed class CustomerPastTests
{
    [Fact]
    public async Task The_slider_shows_what_was_known_at_the_end_of_a_past_day_and_its_address_can_be_shared()
    {
        await using var browser = await Browser.OnClock(new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await browser.Host.Enrol("ada", "Ada Lovelace");
        await browser.Host.MoveClock(new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero));
        await browser.Host.CompleteModules("ada");
        await browser.Host.MoveClock(new(2026, 3, 12, 9, 0, 0, TimeSpan.Zero));

        await using var visit = await browser.SignIn("/customers/ada", zone: "Asia/Tokyo");
        var page = visit.Page;
        var slider = page.GetByRole(AriaRole.Slider, new() { Name = "As it was known" });
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "Now");
        for (var day = 0; day < 8; day++) await slider.PressAsync("ArrowLeft");
        await Expect(page).ToHaveURLAsync(new Regex(@"\?at=2026-03-04$"));
        var tag = page.Locator(".as-of-table tr").Filter(new() { HasTextRegex = new("^Tag") });
        await Expect(tag.Locator("td").First).ToContainTextAsync("Active");
        await Expect(tag.Locator("td").Last).ToContainTextAsync("Declining");
        await Expect(page.Locator(".as-of-table caption time")).ToHaveAttributeAsync("datetime", "2026-03-04T14:59:59.999Z");

        await page.ScreenshotAsync(new() { Path = Browser.Screenshot("customer-past"), FullPage = true });
        await page.ReloadAsync();
        await Expect(page.Locator(".as-of-table tr").Filter(new() { HasText = "Lessons ever" }).Locator("td")).ToHaveTextAsync(["0", "1"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to now" }).ClickAsync();
        await Expect(page.Locator(".as-of-table")).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Regex(@"/customers/ada$"));
        Assert.Empty(visit.Complaints);
    }
}
