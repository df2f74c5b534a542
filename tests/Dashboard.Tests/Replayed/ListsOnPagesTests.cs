using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static LStep.Dashboard.Tests.Replayed.Comparison;

namespace LStep.Dashboard.Tests.Replayed;

/// <summary>Cohorts, indicators and lists of real learners beside SQL over ledger, profiles and log.</summary>
[Collection(ReplayedCourse.Name)]
public sealed class ListsOnPagesTests(Course course, ITestOutputHelper output)
{
    private static readonly string[] Tags = ["ST_001", "ST_002", "ST_003", "ST_004", "ST_005", "ST_006"];
    private static readonly DateOnly From = new(Course.Today.AddMonths(-11).Year, Course.Today.AddMonths(-11).Month, 1);

    [OuladFact]
    public async Task Cohorts_by_month_of_start_and_by_tier()
    {
        var counted = await course.Counted("cohorts", From, Course.Today);
        await using var visit = await course.Browser.SignIn();
        var page = new Comparison(visit.Page, output);
        foreach (var (path, cohorts) in new[]
        {
            ("/cohorts", counted.Keys.Where(name => name.Length == 7 && char.IsDigit(name[0]))),
            ("/cohorts?by=tier", counted.Keys.Where(name => name is "Freemium" or "Pro" or "Enterprise")),
        })
        {
            await page.Open(path);
            await page.Rows(path, visit.Page.Locator("section[aria-labelledby=now-title] tbody tr"), cohorts.Select(name =>
            {
                var all = counted[name][0]!.Value;
                var shares = Tags.Select(tag => Percent(Math.Round(
                    100 * (counted.GetValueOrDefault($"{name} {tag}")?[0] ?? 0) / all, 1, MidpointRounding.AwayFromZero)));
                return string.Join(" | ", [Name(name), Number(all), "", .. shares]);
            }));
        }
        await page.Open("/cohorts");
        var rows = visit.Page.Locator(".chart-figures").First.Locator("tbody tr");
        foreach (var month in counted.Keys.Where(name => name.Length == 7 && char.IsDigit(name[0])))
            for (var after = 0; counted.TryGetValue($"{month} after {after}", out var share); after++)
                await page.Shows(
                    $"{month} after {after}", rows.Filter(new() { HasText = Name(month) }).Locator("td").Nth(after + 1), Percent(share[0]));
        page.End();
    }

    private static string Name(string cohort) =>
        DateOnly.TryParseExact(cohort, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month.ToString("MMM yyyy", CultureInfo.InvariantCulture) : cohort;

    [OuladFact]
    public async Task The_twelve_indicators()
    {
        var counted = await course.Counted("risks", Course.Today, Course.Today);
        await using var visit = await course.Browser.SignIn();
        var page = new Comparison(visit.Page, output);
        await page.Open("/risks");
        var shown = await visit.Page.Locator("[data-risk]").EvaluateAllAsync<string[]>("rows => rows.map(row => row.dataset.risk)");
        Assert.Equal(12, shown.Length);
        foreach (var indicator in shown)
            await page.Shows(indicator, $"[data-risk={indicator}] .amount", Number(counted.GetValueOrDefault(indicator)?[0] ?? 0));
        await page.Shows("any", visit.Page.GetByTestId("flagged"), Number(counted["any"][0]));
        page.End();
    }

    [OuladFact]
    public async Task Totals_of_customers_reviews_tasks_and_campaigns()
    {
        var counted = await course.Counted("lists", Course.Today, Course.Today);
        await using var visit = await course.Browser.SignIn();
        var page = new Comparison(visit.Page, output);
        await page.Open("/customers");
        await page.Shows("customers", "#customers-title + span", $"{Number(counted["customers"][0])} customers");
        await page.Open("/reviews");
        await page.Shows("reviews", ".card-head .pill", Number(counted["reviews"][0]));
        await page.Open("/tasks");
        var (tasks, expected) = (visit.Page.Locator("[data-task]"), (int)counted["tasks"][0]!.Value);
        for (var shown = await tasks.CountAsync(); shown < expected; shown = await tasks.CountAsync())
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "More tasks" }).ClickAsync();
            await Assertions.Expect(tasks.Nth(shown)).ToBeAttachedAsync();
        }
        Assert.Equal(expected, await tasks.CountAsync());
        await page.Open("/campaigns");
        // The alert of a review that waits follows from no campaign of the set.
        foreach (var (name, actions) in (await course.Counted("campaigns", Course.Today, Course.Today)).Where(
            one => one.Key != "review_waiting"))
            foreach (var (label, at) in new[] { ("Waiting", 4), ("Sent", 5), ("Not sent", 6), ("Failed", 7) })
                await page.Shows(
                    $"{name} {label}", $"[data-campaign={name}] [data-label='{label}']", actions[at] == 0 ? "–" : Number(actions[at]));
        page.End();
    }
}
