using Microsoft.Extensions.DependencyInjection;

namespace LStep.Grains.Recommendations;

/// <summary>Registers what recommendations are made with; they look at the campaigns, too, which are registered apart.</summary>
public static class RecommendationServices
{
    public static IServiceCollection AddRecommendations(this IServiceCollection services) => services
        .AddSingleton<StoredRecommendations>().AddSingleton<ThresholdTrials>().AddSingleton<RecommendationMaking>()
        .AddHostedService<RecommendationWorker>();
}
