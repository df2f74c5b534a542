using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Grains.People;
using Microsoft.Playwright;
using Npgsql;
using static Microsoft.Playwright.Assertions;

namespace LStep.Dashboard.Tests;

/// <summary>Predictions, the matrix and recommendations as people meet them.</summary>
public sealed class PredictionPagesTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_promise_of_the_live_model_stands_with_what_it_is_measured_against()
    {
        await using var visit = await browser.SignIn("/predictions");
        var page = visit.Page;
        var card = await browser.Host.Get("/api/predictions/model");
        var target = card.GetProperty("targets")[0];
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"Model {card.GetProperty("number")}", Exact = true }))
            .ToBeVisibleAsync();
        await Expect(page.GetByTestId("auc")).ToHaveTextAsync(Three(target.GetProperty("auc").GetProperty("value").GetDouble()));
        await Expect(page.Locator(".promise .tiles")).ToContainTextAsync(
            One(target.GetProperty("baseRate").GetProperty("value").GetDouble()));
        await Expect(page.Locator(".promise .tiles")).ToContainTextAsync("Always saying no");
        await Expect(page.Locator(".budgets tbody tr")).ToHaveCountAsync(target.GetProperty("budgets").GetArrayLength());
        await Expect(page.Locator("section.chart").Filter(new() { HasText = "Calibration" }).Locator(".plot svg")).ToBeVisibleAsync();
        await Expect(page.Locator(".models [data-live=true]")).ToContainTextAsync("live");
        Assert.Equal("", string.Join("; ", visit.Complaints));
    }

    [Fact]
    public async Task An_admin_trains_and_is_told_that_the_history_is_too_short_and_a_viewer_is_offered_nothing()
    {
        await using var admin = await browser.SignIn("/predictions");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Train on this history" }).ClickAsync();
        await Expect(admin.Page.Locator(".trainings")).ToContainTextAsync("too little history", new() { Timeout = 60_000 });

        await using var viewer = await browser.SignIn("/predictions", role: Role.Viewer);
        await Expect(viewer.Page.Locator(".trainings li").First).ToBeVisibleAsync();
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Train on this history" })).ToHaveCountAsync(0);
        await Expect(viewer.Page.GetByRole(AriaRole.Button, new() { Name = "Put live" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_cell_of_the_matrix_leads_to_its_customers_and_to_its_campaign()
    {
        await browser.Host.Enrol("celled", "Cel Celled");
        await using var visit = await browser.SignIn("/matrix");
        var page = visit.Page;
        var cells = (await browser.Host.Get("/api/analytics/matrix")).GetProperty("cells").EnumerateArray();
        var pro = cells.Single(cell => Is(cell, "productTag", "PT_001") && Is(cell, "status", "ST_001"));
        var cell = page.Locator(".product-matrix tbody tr").First.Locator("td").First;
        await Expect(cell.Locator(".behind")).ToHaveTextAsync(
            pro.GetProperty("customers").GetInt64().ToString(CultureInfo.InvariantCulture));
        await Expect(cell.Locator(".matrix-action")).ToHaveAttributeAsync("href", "/campaigns?name=standard_nurturing");
        await cell.Locator(".behind").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/customers\\?tag=ST_001&tier=Pro$"));
        await page.GotoAsync("/customers/celled");
        await Expect(page.Locator(".outlook")).ToContainTextAsync("Standard nurturing");
        await Expect(page.Locator(".outlook")).ToContainTextAsync("Silent for the next 14 days");
        Assert.Equal("", string.Join("; ", visit.Complaints));
    }

    [Fact]
    public async Task A_recommendation_is_tried_in_a_dry_run_and_dismissed()
    {
        await Recommended();
        await using var visit = await browser.SignIn("/recommendations");
        var page = visit.Page;
        var item = page.Locator("[data-kind=false_alarms]");
        await Expect(item).ToContainTextAsync("The alarms of rule 3, “At-risk detection”, are mostly false");
        await Expect(item).ToContainTextAsync("68% (61% to 74%)");
        await item.GetByRole(AriaRole.Button, new() { Name = "Try it in a dry run" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/rules$"));
        await Expect(page.Locator(".rule-line").Filter(new() { HasText = "At-risk detection" })).ToContainTextAsync("changed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Play over everybody" }).ClickAsync();
        await Expect(page.Locator(".simulated")).ToBeVisibleAsync();

        await page.GotoAsync("/recommendations");
        await item.GetByRole(AriaRole.Button, new() { Name = "Dismiss for 30 days" }).ClickAsync();
        await Expect(item).ToHaveCountAsync(0);
        await Expect(page.Locator(".dismissed")).ToContainTextAsync("1 dismissed");
        Assert.Equal("", string.Join("; ", visit.Complaints));
    }

    /// <summary>As a run would have stored it: nothing of a few learners is worth a recommendation.</summary>
    private async Task Recommended()
    {
        var rules = (await browser.Host.Get("/api/rules")).GetProperty("rules").EnumerateArray().Select(rule =>
            rule.GetProperty("id").GetInt32() == 3 ? rule.GetRawText().Replace(
                "\"requiresApproval\":false", "\"requiresApproval\":true", StringComparison.Ordinal) : rule.GetRawText());
        await using var command = browser.Host.Database.Source.CreateCommand("""
            INSERT INTO recommendations (kind, subject, first_made_at, made_at, stands, body, rules)
            VALUES ('false_alarms', 'rule:3', now(), now(), true, $1::jsonb, $2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = """
            {"title": "t", "text": "x", "evidence": "/rules?rule=3",
             "parameters": {"action": "require_approval", "days": "7", "rule": "At-risk detection", "ruleId": "3"},
             "figures": [{"name": "wrong_share", "value": 0.68, "low": 0.61, "high": 0.74}, {"name": "cases", "value": 204}]}
            """ });
        command.Parameters.Add(new NpgsqlParameter { Value = $"[{string.Join(',', rules)}]" });
        await command.ExecuteNonQueryAsync();
    }

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string One(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static bool Is(JsonElement element, string name, string text) => element.GetProperty(name).GetString() == text;
}
