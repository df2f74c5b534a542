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
        api.MapFigures<TagReads, Overview>(
            "overview", "getOverview", "Overview",
            "Active learners, mastery rate, customers at risk and recovery rate, each with the change against the range of equal length "
            + "before.",
            async (reads, range, cancel) => Overview.Of(await reads.Overview(range, cancel)));
        api.MapFigures<TagReads, Distribution>(
            "distribution", "getDistribution", "Distribution", "Customers per tag: now, and at the end of each day of the range.",
            async (reads, range, cancel) => Distribution.Of(await reads.Distribution(range, cancel)));
        api.MapFigures<TagReads, Flow>(
            "flow", "getFlow", "Flow",
            "How many moved from tag to tag, by the business day on which the move became due. Moves taken back, their undos and imports "
            + "are left out.",
            async (reads, range, cancel) => Flow.Of(await reads.Flow(range, cancel)));
        api.MapFigures<RiskReads, Risks>(
            "risks", "getRisks", "Risk indicators",
            "Customers behind each indicator as of now, and their daily counts, taken at the business-day change. The customers behind "
            + "one: /api/customers?risk=TYPE.",
            async (reads, range, cancel) => Risks.Of(await reads.Of(range, cancel)));
        api.MapFigures<AutomationReads, Automation>(
            "automation", "getAutomation", "Automation",
            "What was applied by itself and what by people, what was taken back, how reviews were decided, and what campaigns did.",
            async (reads, range, cancel) => Automation.Of(await reads.Of(range, cancel)));
        api.MapFigures<KpiReads, Kpis>(
            "kpis", "getKpis", "KPIs", "Each with goal, baseline, trend and the value of each day.",
            async (reads, range, cancel) => Kpis.Of(await reads.Of(range, cancel)));
        CohortsApi.Map(api);
        WeeklyApi.Map(api);
        ValueApi.Map(api);
        KpiGoalsApi.Map(api);
        TodayApi.Map(api);
        MatrixApi.Map(api);
    }

    /// <summary>What is asked with a range of days and nothing else.</summary>
    private static void MapFigures<TReads, TFigures>(
        this IEndpointRouteBuilder api, string path, string name, string summary, string description,
        Func<TReads, DayRange, CancellationToken, Task<TFigures>> read)
        where TReads : class =>
        api.MapGet($"/analytics/{path}", async Task<Results<Ok<TFigures>, UnprocessableProblem>> (
                TReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http) =>
            {
                var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
                if (wrong is not null) return wrong;
                return TypedResults.Ok(await read(reads, range, http.RequestAborted));
            })
            .WithName(name).WithTags("Analytics").WithSummary(summary).WithDescription(description + OfRange).WithRange();
}
