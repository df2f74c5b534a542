using LStep.Api.Http;
using LStep.Domain.Analysing;
using LStep.Grains.Analytics;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>
/// Figures over the population, from tables that are kept by day. Every one is brought up to date before it is read: who has seen a
/// transition finds it counted.
/// </summary>
public static class AnalyticsApi
{
    private const string OfRange = " from and to are business days, both included; the last 28 up to today without them.";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/analytics/overview", (TagReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http) =>
            Figures(rulebook, clock, http, async (range, cancel) => Overview.Of(await reads.Overview(range, cancel))))
            .As(
                "getOverview", "Overview",
                "Active learners, mastery rate, customers at risk and recovery rate, each with the change against the "
                + "range of equal length before.");
        api.MapGet("/analytics/distribution", (TagReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http) =>
            Figures(rulebook, clock, http, async (range, cancel) => Distribution.Of(await reads.Distribution(range, cancel))))
            .As(
                "getDistribution", "Distribution",
                "Customers per tag: now, and at the end of each day of the range.");
        api.MapGet("/analytics/flow", (TagReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http) =>
            Figures(rulebook, clock, http, async (range, cancel) => Flow.Of(await reads.Flow(range, cancel))))
            .As(
                "getFlow", "Flow",
                "How many moved from tag to tag, by the business day on which the move became due. Moves taken back, their "
                + "undos and imports are left out.");
        api.MapGet("/analytics/risks", (RiskReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http) =>
            Figures(rulebook, clock, http, async (range, cancel) => Risks.Of(await reads.Of(range, cancel))))
            .As(
                "getRisks", "Risk indicators",
                "Customers behind each indicator as of now, and their daily counts, taken at the business-day "
                + "change. The customers behind one: /api/customers?risk=TYPE.");
        api.MapGet("/analytics/automation", (AutomationReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http) =>
            Figures(rulebook, clock, http, async (range, cancel) => Automation.Of(await reads.Of(range, cancel))))
            .As(
                "getAutomation", "Automation",
                "What was applied by itself and what by people, what was taken back, how reviews were decided, "
                + "and what campaigns did.");
        api.MapGet("/analytics/kpis", (KpiReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http) =>
            Figures(rulebook, clock, http, async (range, cancel) => Kpis.Of(await reads.Of(range, cancel))))
            .As(
                "getKpis", "KPIs",
                "Each with goal, baseline, trend and the value of each day.");
        CohortsApi.Map(api);
        WeeklyApi.Map(api);
        ValueApi.Map(api);
        KpiGoalsApi.Map(api);
        TodayApi.Map(api);
        MatrixApi.Map(api);
    }

    /// <summary>What is asked with a range of days and nothing else.</summary>
    private static async Task<Results<Ok<TFigures>, UnprocessableProblem>> Figures<TFigures>(
        RulebookSource rulebook, TimeProvider clock, HttpContext http, Func<DayRange, CancellationToken, Task<TFigures>> read)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(await read(range, http.RequestAborted));
    }

    private static void As(this RouteHandlerBuilder figures, string name, string summary, string description) =>
        figures.WithName(name).WithTags("Analytics").WithSummary(summary).WithDescription(description + OfRange).WithRange();
}
