using LStep.Api.Auth;
using LStep.Api.Hub;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Evaluations;
using LStep.Grains.Feeds;
using LStep.Grains.Ingest;
using LStep.Grains.Operations;
using LStep.Grains.People;
using LStep.Grains.Reviews;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Transitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LStep.Api;

/// <summary>Everything under /api, /health and /hubs. Needs Database, Migrator, TimeProvider, the grains and their engine.</summary>
public static class LStepApi
{
    private const long BodyBytesMax = 1_048_576;

    public static IServiceCollection AddLStepApi(this IServiceCollection services)
    {
        services.AddSingleton<Tokens>().AddSingleton<KeyRing>();
        services.TryAddSingleton(Ids.Fresh);
        services.AddSingleton<RequestedRuns>().AddHostedService(provider => provider.GetRequiredService<RequestedRuns>());
        services.AddSingleton<CustomerReads>().AddSingleton<TimelineReads>().AddSingleton<LedgerReads>().AddSingleton<ReviewReads>().AddSingleton<BatchReads>()
            .AddSingleton<RuleSetReads>().AddSingleton<RejectedReads>().AddSingleton<FlagReads>().AddSingleton<Nodes>();
        services.AddLiveFeed().AddSingleton<HubClients>();
        services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        // Thrown, it says where in the JSON the trouble is.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSignalR().AddJsonProtocol(options => Json.Configure(options.PayloadSerializerOptions));
        return services.AddDocument();
    }

    public static IServiceCollection AddLiveFeed(this IServiceCollection services) => services
        .AddSingleton<Bell>().AddSingleton<FeedReads>()
        .AddSingleton<LedgerFeed>().AddHostedService(provider => provider.GetRequiredService<LedgerFeed>())
        .AddSingleton<NewsFeed>().AddHostedService(provider => provider.GetRequiredService<NewsFeed>());

    public static void MapLStepApi(this WebApplication app)
    {
        app.UseRequestSpans();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseLeaving();
        app.UsePathIds();
        app.UseGate();
        var hub = app.Services.GetRequiredService<HubClients>();
        app.Use((http, next) => http.Request.Path.StartsWithSegments("/hubs") ? hub.Carry(http, next) : next(http));

        // Whoever forgets to say who an endpoint is for has made it for admins only.
        var api = app.MapGroup("/api").Needs(Role.Admin).WithMetadata(new BodyLimit());
        SessionApi.MapSignIn(app).WithMetadata(new BodyLimit());
        SessionApi.Map(api);
        var read = api.MapGroup("").Needs(Role.Viewer);
        CustomersApi.Map(read);
        CustomerHistoryApi.Map(read);
        TransitionsApi.Map(read);
        ReviewsApi.Map(read);
        RulesApi.Map(read);
        EvaluationsApi.Map(read);
        AnalyticsApi.Map(read);
        RejectedApi.Map(read);
        FlagsApi.Map(read);
        NodesApi.Map(read);

        HealthApi.Map(app);
        app.MapOpenApi().Needs(Role.Viewer);
        app.MapHub<LifecycleHub>("/hubs/lifecycle").Needs(Role.Viewer).WithMetadata(new NoAntiForgery());
    }

    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => BodyBytesMax;
    }
}
