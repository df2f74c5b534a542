using LStep.Grains.Campaigns.Links;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Api.Messages;

/// <summary>Links of messages and what comes back by them.</summary>
public static class MessageServices
{
    /// <summary>Needs the ingest and the grains.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services, MessageLinkOptions options) => services
        .AddMessageLinks(options).AddSingleton<LinkGuard>().AddSingleton<LinkHits>().AddSingleton<PreferenceChanges>()
        .AddSingleton<FeedbackIntake>();

    public static IEndpointRouteBuilder MapMessages(this IEndpointRouteBuilder app)
    {
        LinksApi.Map(app);
        PreferencesApi.Map(app);
        FeedbackApi.Map(app);
        return app;
    }
}
