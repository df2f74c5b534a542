using Deque.AxeCore.Playwright;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Links;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>The page of recipients in a real browser, which keeps to its content security policy.</summary>
public sealed class PreferencePageTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("en", ColorScheme.Light, 1280)]
    [InlineData("en", ColorScheme.Dark, 390)]
    [InlineData("ja", ColorScheme.Light, 390)]
    [InlineData("ja", ColorScheme.Dark, 1280)]
    public async Task It_is_readable_for_everybody_and_does_what_it_says(string language, ColorScheme scheme, int width)
    {
        var link = await LinkOf($"chooser-{language}-{width}", language);
        await using var visit = await browser.Open(scheme, width, 844);
        await visit.Page.GotoAsync(link);
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
        // Its own style is the only thing that the policy lets through: without it the card has no line around it.
        var line = await visit.Page.Locator("label").First.EvaluateAsync<string>("one => getComputedStyle(one).borderTopWidth");
        Assert.NotEqual("0px", line);
        await Complete(visit.Page, $"preferences-{language}-{scheme}-{width}");

        // By keyboard: the first box is the first stop, and Enter in a form saves.
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Space");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Checkbox).Nth(0)).Not.ToBeCheckedAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Checkbox).Nth(1)).ToBeCheckedAsync();
        await Complete(visit.Page, $"preferences-saved-{language}-{scheme}-{width}");

        await visit.Page.GetByRole(AriaRole.Button).Nth(1).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Checkbox).Nth(1)).Not.ToBeCheckedAsync();
        Assert.Empty(visit.Complaints);
    }

    private static async Task Complete(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Browser.Screenshot(name.ToLowerInvariant()), FullPage = true });
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Empty((await page.RunAxe()).Violations.SelectMany(
            violation => violation.Nodes, (violation, node) => $"{name}: {violation.Id}, {violation.Help}: {node.Html}"));
    }

    private async Task<string> LinkOf(string customer, string locale)
    {
        await browser.Host.Post(Messages.Identify(customer, browser.Host.Now, new { locale }));
        var sent = await browser.Host.Sent(customer, Channel.Email, browser.Host.Now);
        return browser.Host.Services.GetRequiredService<IMessageLinks>().Unsubscribe(customer, sent.Id, sent.Channel).PathAndQuery;
    }
}
