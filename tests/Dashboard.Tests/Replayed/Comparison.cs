using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests.Replayed;

/// <summary>Figures of one page beside those counted without the product; every difference is named, not only the first.</summary>
internal sealed class Comparison(IPage page, ITestOutputHelper output)
{
    private const float PatienceMs = 8_000; // a page that asks again may first show the figures before

    private static readonly LocatorInnerTextOptions AtOnce = new() { Timeout = 500 };

    private readonly List<string> differences = [];
    private int compared;

    public async Task Open(string path)
    {
        await page.GotoAsync(path);
        await Expect(page.Locator("h1").First).ToBeVisibleAsync();
        await Expect(page.Locator(".waiting")).ToHaveCountAsync(0);
    }

    public Task Shows(string what, string selector, string counted) => Shows(what, page.Locator(selector).First, counted);

    public Task Shows(string what, ILocator place, string counted) =>
        Compare(what, counted, () => Expect(place).ToHaveTextAsync(counted, new() { Timeout = PatienceMs }), () => place.InnerTextAsync(
            AtOnce));

    /// <summary>The figure before, which a change tells when it is pointed at; nothing where it was not counted.</summary>
    public async Task Before(string what, ILocator place, string counted)
    {
        if (counted == "–") await Shows(what, place.GetByText("nothing to compare with"), "nothing to compare with");
        else
            await Compare(
                what, $"{counted} before",
                () => Expect(place.Locator(".change")).ToHaveAttributeAsync("title", $"{counted} before", new() { Timeout = PatienceMs }),
                async () => await place.Locator(".change").GetAttributeAsync("title", new() { Timeout = 500 }) ?? "");
    }

    /// <summary>Whole rows of a table, cells joined by a bar.</summary>
    public async Task Rows(string what, ILocator rows, IEnumerable<string> counted)
    {
        var (expected, shown) = (counted.Order(StringComparer.Ordinal).ToList(), await Cells(rows));
        compared += expected.Count;
        differences.AddRange(expected.Except(shown).Select(row => $"{what}: counted {row}, not on the page"));
        differences.AddRange(shown.Except(expected).Select(row => $"{what}: the page says {row}, not counted"));
    }

    public void End()
    {
        output.WriteLine($"{compared} figures compared, {differences.Count} differ");
        Assert.True(compared > 0);
        Assert.Empty(differences);
    }

    public static string Number(decimal? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "–";

    public static string Percent(decimal? value) => value is null ? "–" : Number(value) + "%";

    /// <summary>A share as the lists round it: below a tenth with one decimal.</summary>
    public static string Share(decimal part, decimal all)
    {
        if (all == 0) return "–";
        var share = 100 * part / all;
        return (share is > 0 and < 10 ? share.ToString("0.0", CultureInfo.InvariantCulture)
            : Math.Round(share, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture)) + "%";
    }

    private async Task Compare(string what, string counted, Func<Task> expect, Func<Task<string>> read)
    {
        compared++;
        try
        {
            await expect();
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            string shown;
            try
            {
                shown = await read();
            }
            catch (Exception missing) when (missing is PlaywrightException or TimeoutException)
            {
                shown = "nothing";
            }
            differences.Add($"{what}: counted {counted}, the page says {shown}");
        }
    }

    private static async Task<List<string>> Cells(ILocator rows) =>
    [
        .. (await rows.EvaluateAllAsync<string[]>(
            "rows => rows.map(row => [...row.querySelectorAll('th, td')].map(cell => cell.textContent.trim()).join(' | '))"))
            .Order(StringComparer.Ordinal),
    ];
}
