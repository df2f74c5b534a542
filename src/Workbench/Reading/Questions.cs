namespace LStep.Workbench.Reading;

/// <summary>What the pages of the dashboard ask.</summary>
internal static class Questions
{
    private static readonly string[] Figures = ["overview", "distribution", "flow", "risks", "automation", "kpis", "weekly"];
    private static readonly int[] Spans = [7, 28, 90, 365];

    /// <param name="today">Of the business.</param>
    /// <returns>Each kind of question with the addresses it is asked under.</returns>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Paths)> Of(DateOnly today) =>
    [
        .. Figures.Select(
            name => (name, Many(Spans.Select(days => $"/api/analytics/{name}?from={Day(today, days - 1)}&to={Day(today, 0)}")))),
        ("kpis of three years", Many([$"/api/analytics/kpis?from={Day(today, 1_095)}&to={Day(today, 0)}"])),
        ("today", Many(["/api/analytics/today"])),
        ("product and status", Many(["/api/analytics/matrix"])),
        ("customer value", Many(["/api/analytics/value"])),
        ("recommendations", Many(["/api/recommendations"])),
        ("cohorts", Many(new[] { "month", "tier", "engagement" }.Select(by => $"/api/analytics/cohorts?by={by}"))),
        ("customers, first page", Many(["/api/customers", "/api/customers?sort=name", "/api/customers?sort=ltv&order=desc"])),
        ("customers by tag and tier", Many(
            ["/api/customers?tag=ST_004", "/api/customers?tag=ST_006&tier=Enterprise", "/api/customers?tier=Pro&sort=overall"])),
        ("customers by risk", Many([
            "/api/customers?risk=login_gap", "/api/customers?risk=billing_risk", "/api/customers?risk=never_started&tier=Pro",
            "/api/customers?sort=risk&order=desc"])),
        ("customers by churn and behavior", Many([
            "/api/customers?sort=churn&order=desc", "/api/customers?minChurn=0.7", "/api/customers?sort=churn&tag=ST_004",
            "/api/customers?behavior=BT_003"])),
        ("customers by owner, value, dates", Many([
            "/api/customers?owner=owner-7", "/api/customers?minLtv=8990",
            $"/api/customers?enrolledFrom={Day(today, 90)}&enrolledTo={Day(today, 80)}"])),
        ("customers by part of a name", Many([
            "/api/customers?q=hoffmann", "/api/customers?q=eriks", "/api/customers?q=j%C3%B6rn+ab", "/api/customers?q=learner777",
            "/api/customers?q=nobody-has-this", "/api/customers?q=ab", "/api/customers?q=00999"])),
        ("reviews, open", Many(["/api/reviews?status=open"])),
        ("ledger, latest", Many(["/api/transitions?order=desc&limit=50"])),
    ];

    private static IReadOnlyList<string> Many(IEnumerable<string> paths) => [.. paths];

    private static string Day(DateOnly today, int before) => $"{today.AddDays(-before):yyyy-MM-dd}";
}
