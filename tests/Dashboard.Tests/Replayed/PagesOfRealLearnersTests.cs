using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests.Replayed;

/// <summary>Every page over real learners, in both schemes, on a desk and a phone. The pictures are kept in artifacts/pages.</summary>
[Collection(ReplayedCourse.Name)]
public sealed class PagesOfRealLearnersTests(Course course)
{
    [OuladTheory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 390, 844)]
    [InlineData(ColorScheme.Dark, 390, 844)]
    public async Task Every_page_opens_without_a_complaint_and_fits_its_width(ColorScheme scheme, int width, int height)
    {
        var browser = course.Browser;
        var customer = (await browser.Host.Get("/api/customers?tag=ST_004&limit=1")).GetProperty("items")[0].GetProperty("id").GetString();
        await using var visit = await browser.SignIn("/", scheme, width, height);
        foreach (var path in Pages.Append($"/customers/{customer}").Append($"/journeys?customer={customer}"))
        {
            await visit.Page.GotoAsync(path);
            await Expect(visit.Page.Locator("h1").First).ToBeAttachedAsync();
            await Expect(visit.Page.Locator(".waiting")).ToHaveCountAsync(0);
            await Expect(visit.Page.Locator(".plot[data-drawn=false]")).ToHaveCountAsync(0);
            var name = path.Split('?')[0].Trim('/').Split('/') is { Length: > 1 } ? "customer" : path.Split('?')[0].Trim('/');
            await visit.Page.ScreenshotAsync(new()
            {
                Path = Repository.Path($"artifacts/pages/{(name == "" ? "overview" : name)}-{scheme}-{width}.png".ToLowerInvariant()),
                FullPage = true,
            });
            Assert.True(
                await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0,
                $"{path} is wider than {width}");
        }
        Assert.Empty(visit.Complaints);
    }

    private static readonly string[] Pages =
    [
        "/", "/today", "/kpis", "/risks", "/cohorts", "/automation", "/matrix", "/predictions", "/recommendations", "/customers",
        "/reviews",
        "/rules", "/campaigns", "/actions", "/tasks",
        "/mailbox", "/events", "/rejected", "/operations", "/audit",
    ];
}
