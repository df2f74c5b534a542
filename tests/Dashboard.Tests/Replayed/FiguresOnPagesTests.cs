using Microsoft.Playwright;
using Xunit.Abstractions;
using static LStep.Dashboard.Tests.Replayed.Comparison;

namespace LStep.Dashboard.Tests.Replayed;

/// <summary>
/// What the pages say of real learners is what SQL over ledger, reviews, actions and the log says, which was written from the contract
/// without a look at how the product counts (the files of the folder Sql).
/// </summary>
[Collection(ReplayedCourse.Name)]
public sealed class FiguresOnPagesTests(Course course, ITestOutputHelper output)
{
    private static readonly DateOnly To = Course.Today, From = Course.Today.AddDays(-27), Before = From.AddDays(-28);

    private static readonly string[] Ages = ["up to 4 h", "4 to 24 h", "24 to 72 h", "72 to 336 h", "over 336 h"];

    private static readonly Dictionary<string, string> Tags = new()
    {
        ["ST_001"] = "Active", ["ST_002"] = "Progressing", ["ST_003"] = "Mastery", ["ST_004"] = "Declining", ["ST_005"] = "Re-engagement",
        ["ST_006"] = "Churned",
    };

    [OuladFact]
    public async Task Today()
    {
        var counted = await course.Counted("today", To, To);
        string Of(string name) => Number(counted[name][0]);
        await using var visit = await course.Browser.SignIn();
        var page = new Comparison(visit.Page, output);
        await page.Open("/today");

        foreach (var (title, value, note) in new[]
        {
            ("Value at risk", "value at risk", $"{Of("customers at risk")} customers, {Of("value at risk since today")} of it since today"),
            ("Fell into risk today", "fell into risk", "Declining or in re-engagement"),
            ("Open reviews", "open reviews", $"{Of("late reviews")} wait for more than a day"),
            ("Open tasks", "open tasks", $"{Of("late tasks")} are late"),
        })
        {
            var tile = visit.Page.Locator(".tile").Filter(new() { Has = visit.Page.GetByText(title, new() { Exact = true }) });
            await page.Shows(title, tile.Locator(".tile-value"), Of(value));
            await page.Shows(title, tile.Locator("dd.faint"), note);
        }
        foreach (var (title, text) in new[]
        {
            ("Reviews assigned to me", $"0 of {Of("open reviews")} open"), ("Tasks assigned to me", $"0 of {Of("open tasks")} open"),
            ("Tasks due today", $"{Of("tasks due")} {Of("late tasks")} are late"),
            ("Moved by itself", $"{Of("automatic")} of {Of("moved")} moves"),
            ("Moved by people", $"{Of("by people")} {Of("undone")} taken back"), ("Reviews opened", $"{Of("reviews opened")} "),
            ("Messages sent", $"{Of("sent")} {Of("failed")} failed, {Of("suppressed")} held back"),
        })
            await page.Shows(title, visit.Page.Locator(".today-lines div").Filter(
                new() { Has = visit.Page.GetByText(title, new() { Exact = true }) }).Locator("dd"), text.Trim());
        await Moves(page, visit.Page, Of("moved"), Of("moved before"));
        foreach (var (place, value) in await course.Counted("valuable", To, To))
            await page.Shows(
                $"most valuable, {place}", visit.Page.Locator(".today-customer b").Nth(int.Parse(place) - 1), Number(value[0]));
        page.End();
    }

    private async Task Moves(Comparison page, IPage on, string moved, string before)
    {
        await page.Shows(
            "moves", "#moves-title + span", $"{moved} {(moved == "1" ? "move" : "moves")} so far, {before} on the whole day before");
        foreach (var (move, counts) in (await course.Counted("flow", To, To)).Where(one => one.Key != "all"))
        {
            var (from, to) = (move[..6], move[7..]);
            var line = on.Locator(
                $".today-moves li:has(.today-move .chip:first-child[data-tag={from}]):has(.today-move .chip:last-child[data-tag={to}])");
            await page.Shows($"today {move}", line.Locator("b"), Number(counts[0]));
            await page.Shows($"yesterday {move}", line.Locator("> .faint"), $"{Number(counts[1])} yesterday");
        }
    }

    [OuladFact]
    public async Task Overview()
    {
        var (standing, before) = (await course.Counted("standing", From, To), await course.Counted("standing", Before, From.AddDays(-1)));
        var (kpis, kpisBefore) = (await course.Counted("kpis", From, To), await course.Counted("kpis", Before, From.AddDays(-1)));
        decimal On(Dictionary<string, decimal?[]> days, string day, params string[] tags) =>
            tags.Sum(tag => days.GetValueOrDefault($"{day} {tag}")?[0] ?? 0);
        string[] all = [.. Tags.Keys];
        var (everybody, last) = (On(standing, "now", all), $"{From.AddDays(-1):yyyy-MM-dd}");
        decimal? Rate(decimal part, decimal whole) => whole == 0 ? null : Math.Round(100 * part / whole, 1, MidpointRounding.AwayFromZero);
        await using var visit = await course.Browser.SignIn();
        var page = new Comparison(visit.Page, output);
        await page.Open("/");

        foreach (var (card, value, previous) in new[]
        {
            ("active_learners", Number(On(standing, "now", "ST_001", "ST_002")), Number(On(before, last, "ST_001", "ST_002"))),
            ("mastery_rate", Percent(Rate(On(standing, "now", "ST_003"), everybody)), Percent(
                Rate(On(before, last, "ST_003"), On(before, last, all)))),
            ("at_risk", Number(On(standing, "now", "ST_004")), Number(On(before, last, "ST_004"))),
            ("recovery_rate", Percent(kpis["recovery_rate"][0]), Percent(kpisBefore["recovery_rate"][0])),
        })
        {
            var shown = visit.Page.GetByTestId("card-" + card);
            await page.Shows(card, shown.Locator(".figure-value"), value);
            await page.Before(card, shown, previous);
        }
        foreach (var tag in all)
        {
            await page.Shows(tag, visit.Page.GetByTestId("count-" + tag), Number(On(standing, "now", tag)));
            await page.Shows(tag, $"li[data-tag={tag}] .share-percent", Share(On(standing, "now", tag), everybody));
        }
        await page.Rows("customers per day", Figures(visit.Page, "Customers per day"), Enumerable.Range(0, 28).Select(From.AddDays).Select(
            day => string.Join(" | ", all.Select(tag => Number(On(standing, $"{day:yyyy-MM-dd}", tag))).Prepend($"{day:yyyy-MM-dd}"))));
        var flow = await course.Counted("flow", From, To);
        await page.Shows("flow", ".chart-lead b", $"{Number(flow["all"][0])} transitions");
        await page.Rows("flow", Figures(visit.Page, "Flow between tags"), flow.Where(one => one.Key != "all").Select(
            one => $"{Tags[one.Key[..6]]} | {Tags[one.Key[7..]]} | {Number(one.Value[0])} | {Number(one.Value[1])}"));
        page.End();
    }

    /// <summary>The table behind a picture.</summary>
    private static ILocator Figures(IPage page, string title) =>
        page.Locator("section.chart").Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = title }) })
            .Locator(".chart-figures tbody tr");

    [OuladFact]
    public async Task Kpis()
    {
        var (now, before) = (await course.Counted("kpis", From, To), await course.Counted("kpis", Before, From.AddDays(-1)));
        var units = new Dictionary<string, string> { ["progression_velocity"] = " d", ["at_risk_detection"] = " h" };
        await using var visit = await course.Browser.SignIn();
        var page = new Comparison(visit.Page, output);

        foreach (var (name, value) in now)
        {
            string Told(decimal? figure) => figure is null ? "–" : Number(figure) + units.GetValueOrDefault(name, "%");
            await page.Open($"/kpis?kpi={name}");
            await page.Shows(name, ".kpi-line[aria-current] .kpi-value", Told(value[0]));
            await page.Shows(name, ".kpi-big", Told(value[0]));
            await page.Before(name, visit.Page.Locator(".kpi-now"), Told(value[0] is null ? null : before[name][0]));
        }
        page.End();
    }

    [OuladFact]
    public async Task Automation()
    {
        var (counted, before) = (
            await course.Counted("automation", From, To), await course.Counted("automation", Before, From.AddDays(-1)));
        string Of(string name) => Number(counted.GetValueOrDefault(name)?[0] ?? 0);
        await using var visit = await course.Browser.SignIn();
        var page = new Comparison(visit.Page, output);
        await page.Open("/automation");

        foreach (var (title, value, note) in new[]
        {
            ("Applied automatically", "share", $"{Of("automatic")} of {Of("transitions")} transitions"),
            ("Accuracy", "accuracy", $"{Of("wrong")} undone or overridden within 14 days"),
            ("Undo rate", "undo rate", $"{Of("undone")} {(Of("undone") == "1" ? "transition" : "transitions")} taken back"),
            ("Rejection rate", "rejection rate",
                $"{Of("rejected")} of {Number(counted["approved"][0] + counted["rejected"][0])} decided reviews"),
        })
        {
            var tile = visit.Page.Locator(".tile").Filter(new() { Has = visit.Page.GetByText(title, new() { Exact = true }) });
            await page.Shows(title, tile.Locator(".tile-value"), Percent(counted[value][0]));
            await page.Shows(title, tile.Locator("dd.faint"), note);
            if (value == "share") await page.Before(title, tile, Percent(before[value][0]));
        }
        await page.Shows("reviews opened", "#review-title + span", $"{Of("opened")} opened in the range");
        (string Title, string Name)[] counts =
        [
            ("Approved", "approved"), ("Rejected by a person", "rejected"), ("Nobody decided in time", "expired"),
            ("Superseded by newer data", "superseded"), ("Withdrawn: no longer holds", "withdrawn"),
            .. counted["open"][0] == 0 ? [] : Ages.Select(age => (age, age)),
        ];
        foreach (var (title, name) in counts)
            await page.Shows(title, visit.Page.Locator(".bar-line").Filter(
                new() { Has = visit.Page.GetByText(title, new() { Exact = true }) }).Locator("b"), Of(name));
        await page.Shows("median", visit.Page.Locator(".bars-note").First, counted["median hours"][0] is null
            ? "No review was decided in the range." : $"Half of them were decided within {Of("median hours")} h.");
        await page.Shows("open", "#review-title >> xpath=../.. >> h3 >> nth=1", $"{Of("open")} open now, by age");
        if (counted["open"][0] > 0)
            await page.Shows("oldest", visit.Page.Locator(".bars-note").Last, $"The oldest has waited for {Of("oldest hours")} h.");
        await page.Rows(
            "campaigns", visit.Page.Locator("section[aria-labelledby=campaigns-title] tbody tr"),
            (await course.Counted("campaigns", From, To)).Where(one => one.Value[0] > 0).Select(one => Campaign(one.Key, one.Value)));
        page.End();
    }

    private static string Campaign(string name, decimal?[] of) => string.Join(
        " | ", Sentence(name), Number(of[0]), $"{Number(of[1])} {Share(of[1] ?? 0, of[0] ?? 0)}", Number(of[2]), Number(of[3]));

    private static string Sentence(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
