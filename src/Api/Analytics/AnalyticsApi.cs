using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>
/// Figures over the population, from tables that are kept by day. Every one is brought up to date before it is read: who has seen a
/// transition finds it counted.
/// </summary>
public static class AnalyticsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        OverviewApi.Map(api);
        DistributionApi.Map(api);
        FlowApi.Map(api);
        CohortsApi.Map(api);
        RisksApi.Map(api);
        AutomationApi.Map(api);
        KpisApi.Map(api);
        TodayApi.Map(api);
    }
}
