using System.Text.Json.Serialization;
using LStep.Api.Analytics;
using LStep.Api.Assistants;
using LStep.Api.Auth;
using LStep.Api.Campaigns;
using LStep.Api.Cards;
using LStep.Api.Customers;
using LStep.Api.Evaluations;
using LStep.Api.Events;
using LStep.Api.Http;
using LStep.Api.Hub;
using LStep.Api.Ingest;
using LStep.Api.Operations;
using LStep.Api.People;
using LStep.Api.Predictions;
using LStep.Api.Privacy;
using LStep.Api.Recommendations;
using LStep.Api.Reviews;
using LStep.Api.Rules;
using LStep.Api.Sessions;
using LStep.Api.Transitions;
using LStep.Api.Trials;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LStep.Api;

/// <summary>Everything under /api, /health, /hubs and /openapi. Needs PostgresDatabase, Migrator, TimeProvider and the grains.</summary>
public static class LStepApi
{
    private const long BodyBytesMax = 1_048_576;
    private const long SignInBytesMax = 16_384;

    /// <param name="requestsPerSecond">Of one key under /api, and twice as many at once.</param>
    public static IServiceCollection AddLStepApi(
        this IServiceCollection services, AddressOptions addresses, Cursors cursors,
        int requestsPerSecond = KeyRates.RequestsPerSecondDefault)
    {
        services.AddSingleton(provider => new KeyRates(requestsPerSecond, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(addresses).AddSingleton(cursors).AddSingleton<BrowserSettings>().AddSingleton<CustomerAnswers>();
        AssistantsApi.Add(services);
        services.AddCompression();
        services.AddKeys();
        services.AddSingleton<HubClients>().AddHostedService<HubGuard>();
        services.ConfigureHttpJsonOptions(options =>
        {
            Json.Configure(options.SerializerOptions);
            options.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        });
        // Thrown, it says where in the JSON the trouble is.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSignalR().AddJsonProtocol(options => Json.Configure(options.PayloadSerializerOptions));
        // Of two protocols of one name the later counts.
        services.AddSingleton<IHubProtocol>(provider =>
            new TellingProtocol(new JsonHubProtocol(provider.GetRequiredService<IOptions<JsonHubProtocolOptions>>())));
        return services.AddOpenApiDocument().Configure<OpenApiOptions>(OpenApiDocuments.Name, options => options
            .AddDocumentTransformer(Authentication.Describe)
            .AddOperationTransformer(Authentication.Describe)
            .AddOperationTransformer(Examples.Describe)
            .AddSchemaTransformer(Examples.Describe)
            .AddSchemaTransformer(ClosedSets.Describe));
    }

    public static void MapLStepApi(this WebApplication app)
    {
        app.UseForwarded();
        app.UseOpenConnections();
        app.UseRequestLog();
        app.Services.GetRequiredService<ApiCalls>().Follow(app);
        app.UsePlainPaths();
        app.UseHead();
        app.UseRequestSpans();
        app.UseSecurityHeaders();
        app.UseCompression();
        app.UseRouting();
        app.UseHeaderChecks();
        // Before all that may refuse a request: a page of another origin has to be able to read the refusal.
        app.UseCors();
        app.UseProblems();
        app.UseChunkedBodies();
        app.UseShutdown();
        app.UsePathValues();
        app.UseUnknownAddresses();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use((http, next) =>
        {
            if (http.User.Identity is Caller) http.Vouch();
            return next(http);
        });
        app.Use(app.Services.GetRequiredService<KeyRates>().Admit);
        app.UseRequestChecks();
        app.UseEntityTags();
        AssistantsApi.UseRefusals(app);
        var hub = app.Services.GetRequiredService<HubClients>();
        app.Use((http, next) => http.Request.Path.StartsWithSegments("/hubs") ? hub.Carry(http, next) : next(http));

        var api = app.MapGroup("/api").WithMetadata(new BodyLimit(), UnavailableProblem.Anywhere);
        ((IEndpointConventionBuilder)api).Finally(ForAdminsUnlessSaid);
        SessionsApi.MapSignIn(api.MapGroup("").WithMetadata(new SignInLimit()));
        MapReaders(api.MapGroup("").RequireAuthorization(Policies.Viewer).WithMetadata(Policies.Responses)
            .WithMetadata(RequestChecks.Response, KeyRates.Response));

        HealthApi.Map(app);
        DocsPage.Map(app);
        CardsApi.MapPage(app);
        AssistantsApi.Map(app).WithMetadata(new BodyLimit());
        OpenApiDocuments.Map(app).RequireAuthorization(Policies.Viewer);
        // A client that does not answer the close frame is disconnected within the 5 s after which a revoked key must not work.
        app.MapHub<LifecycleHub>("/hubs/lifecycle", hub => hub.WebSockets.CloseTimeout = TimeSpan.FromSeconds(1))
            .RequireAuthorization(Policies.Hub);
    }

    /// <summary>What viewers may call, and what says itself that it needs more.</summary>
    private static void MapReaders(RouteGroupBuilder api)
    {
        SessionsApi.Map(api);
        CustomersApi.Map(api);
        CustomerListApi.Map(api);
        ViewsApi.Map(api);
        NamesApi.Map(api);
        PrivacyApi.Map(api);
        HistoryApi.Map(api);
        TransitionsApi.Map(api);
        ReviewsApi.Map(api);
        ReviewActsApi.Map(api);
        CampaignsApi.Map(api);
        CampaignSetsApi.Map(api);
        ReportsApi.Map(api);
        TestSendsApi.Map(api);
        JourneysApi.Map(api);
        ActionsApi.Map(api);
        ActionActsApi.Map(api);
        TasksApi.Map(api);
        InboxApi.Map(api);
        MailboxApi.Map(api);
        StatusApi.Map(api);
        BulkApi.Map(api);
        UndoApi.Map(api);
        RulesApi.Map(api);
        DryRunApi.Map(api);
        BacktestsApi.Map(api);
        ShadowApi.Map(api);
        EvaluationsApi.Map(api);
        PredictionsApi.Map(api);
        AnalyticsApi.Map(api);
        RecommendationsApi.Map(api);
        EventsApi.Map(api);
        RejectedApi.Map(api);
        FlagsApi.Map(api);
        NodesApi.Map(api);
        OperationsApi.Map(api);
        KeysApi.Map(api);
        AuditApi.Map(api);
        CardsApi.Map(api);
    }

    /// <summary>Whoever forgets to say who an endpoint is for has made it for admins only.</summary>
    private static void ForAdminsUnlessSaid(EndpointBuilder endpoint)
    {
        if (!endpoint.Metadata.Any(item => item is IAuthorizeData or IAllowAnonymous))
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.Admin));
    }

    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => BodyBytesMax;
    }

    /// <summary>Anybody may send it.</summary>
    private sealed class SignInLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => SignInBytesMax;
    }
}
