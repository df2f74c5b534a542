using LStep.Api;
using LStep.Api.Auth.Oidc;
using LStep.Api.Caliper;
using LStep.Api.Hooks;
using LStep.Api.Http;
using LStep.Api.Hub;
using LStep.Api.Ingest;
using LStep.Api.Messages;
using LStep.Api.Xapi;
using LStep.Grains;
using LStep.Grains.Campaigns;
using LStep.Grains.Campaigns.Links;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Cluster;
using LStep.Grains.Database;
using LStep.Grains.Predictions;
using LStep.Grains.Recommendations;
using LStep.Grains.Rules;
using LStep.Silo.Clock;
using LStep.Silo.Export;
using LStep.Silo.Keys;
using LStep.Silo.Logging;
using LStep.Silo.Verbs;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LStep.Silo;

/// <summary>
/// One process of L-Step: grains, HTTP and hub over one database. Every verb and every test starts it here.
/// </summary>
public sealed class LStepSilo : IAsyncDisposable
{
    private readonly SiloOptions options;
    private readonly WebApplication app;
    private readonly SiloResources resources;
    private readonly Exports exports;

    private LStepSilo(SiloOptions options, WebApplication app, SiloResources resources, StartKeys keys, Exports exports)
    {
        (this.options, this.app, this.resources, this.exports, Keys) = (options, app, resources, exports, keys);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>What trains a model of the installation's own.</summary>
    public static TrainingProgram TrainingProgram { get; } = new(typeof(LStepSilo).Assembly.Location, TrainModelVerb.Name);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public StartKeys Keys { get; }

    /// <summary>Where keys that were not configured can be read.</summary>
    public required string KeyFile { get; init; }

    /// <summary>Null on the wall clock.</summary>
    public SimulatedClock? Clock => app.Services.GetService<SimulatedClock>();

    public IServiceProvider Services => app.Services;

    /// <summary>Database, tables, what the first start fixes, grains, workers; it listens only when all of them stand.</summary>
    public static async Task<LStepSilo> Start(SiloOptions options, CancellationToken cancel = default)
    {
        FirstStart.Check(options);
        HttpPort.MustBeFree(options.Listen, options.Port);
        var resources = await SiloResources.Of(options, cancel);
        try
        {
            var file = new KeyFile(options.DataFolder);
            var keys = file.Resolve(options.WriteKey, options.AdminToken);
            var wall = options.WallClock;
            var (begin, calendar, cursorKey, currency) = await FirstStart.Prepare(resources.Database, options, keys, wall, cancel);
            var time = options.Clock is null ? wall : new SimulatedTimeProvider(begin);
            var app = Build(options, resources, time, cursorKey, currency);
            var log = app.Services.GetRequiredService<ILogger<LStepSilo>>();
            LifeLines.Starts(log, options, resources.Database.ConnectionString, resources.Port.EndPoint);
            // Before anything counts.
            var exports = Exports.Start(app.Services, NameOf(options));
            exports.Map(app);
            try
            {
                await app.Services.GetRequiredService<RulebookSource>().Open(calendar, cancel);
                await app.Services.GetRequiredService<CampaignSource>().Refresh(cancel);
                await StateUpgrade.Run(app.Services, cancel);
                await app.StartAsync(cancel);
                var silo = new LStepSilo(options, app, resources, keys, exports) { KeyFile = file.Path };
                // Time that passed since the process was last there is made up for before anybody is told to come.
                if (silo.Clock is { } clock && options.Clock > clock.Now) await clock.MoveTo(options.Clock.Value, cancel);
                silo.Phase.Reach(Grains.Phase.Serving);
                await app.Services.GetRequiredService<NodeBeat>().Beat(cancel);
                LifeLines.Ready(log, silo.Address.ToString().TrimEnd('/'));
                return silo;
            }
            catch
            {
                exports.Dispose();
                await app.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await resources.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until somebody asks it to stop, from outside or from within.</summary>
    public async Task UntilStopped(CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            cancel, Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Says that it is not ready and serves on for as long as a load balancer needs to notice; then turns new requests away, lets those
    /// under way end, sends the hub's clients elsewhere, ends connections, shards and grains, writes what the journal still holds, and
    /// leaves the database.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        Phase.Reach(Grains.Phase.Draining);
        LifeLines.Stops(Services.GetRequiredService<ILogger<LStepSilo>>());
        if (options.Drain > TimeSpan.Zero) await Services.GetRequiredService<NodeBeat>().Beat(CancellationToken.None);
        await Task.Delay(options.Drain);
        Phase.Reach(Grains.Phase.Stopping);
        var (requests, clients) = (Services.GetRequiredService<RequestsInFlight>(), Services.GetRequiredService<HubClients>());
        await using var progress = new StopProgress(Services);
        progress.Begin("requests under way");
        await UntilNone(() => requests.Taken, StopLimits.InFlightSecondsMax);
        progress.Begin("clients of the hub");
        clients.SendAway();
        await UntilNone(() => clients.Open, StopLimits.HubSecondsMax);
        Services.GetRequiredService<OpenConnections>().CloseStrangers();
        progress.Begin("connections, shards and customers in memory");
        await StopHost(progress);
        exports.Dispose();
        progress.Begin("the journal");
        await app.DisposeAsync();
        progress.Begin("the database");
        await resources.DisposeAsync();
    }

    private async Task StopHost(StopProgress progress)
    {
        try
        {
            await app.StopAsync();
        }
        catch (Exception e)
        {
            progress.Say($"not everything ended in {StopLimits.HostSecondsMax} s, the rest ends with the process: {e.Message}");
        }
    }

    /// <summary>A process that is stopping has nothing better to do than to look.</summary>
    private static async Task UntilNone(Func<long> left, int secondsMax)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var end = Environment.TickCount64 + (secondsMax * 1_000L); left() > 0 && Environment.TickCount64 < end;)
            await timer.WaitForNextTickAsync();
    }

    /// <summary>By the port that was asked for, which only a test leaves open.</summary>
    private static string NameOf(SiloOptions options) => $"{Environment.MachineName}:{options.Port}";

    private SiloPhase Phase => Services.GetRequiredService<SiloPhase>();

    private static WebApplication Build(
        SiloOptions options, SiloResources resources, TimeProvider time, byte[] cursorKey, string? currency)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { WebRootPath = WebRoot.Find() });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(ServerLimits.Apply).UseUrls($"http://{options.Listen}:{options.Port}");
        builder.Logging.AddLines(options.Quiet ? LogLevel.Error : options.LogLevel, options.LogJson);
        builder.AddOtlp(NameOf(options));
        builder.Services.AddRouting();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(StopLimits.HostSecondsMax));
        // The host's own would handle the signals, too, and end things before their turn.
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();

        var simulated = time as SimulatedTimeProvider;
        builder.Services.AddSingleton(time).AddSingleton(resources.Database);
        // Services start in this order and stop in the reverse one: whoever calls grains comes after Orleans.
        if (resources.Postgres is { } postgres)
            builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<PostgresKeeper>(provider, postgres));
        builder.AddCluster(new ClusterSettings
        {
            WallClock = options.WallClock, Postgres = resources.Database.ConnectionString, Silo = resources.Port.EndPoint,
            Claim = resources.Claim, Insecure = options.SiloInsecure, EndProcess = options.EndProcess,
            Certificates = SiloCertificates.Read(
                options.SiloCertificate, options.SiloKey, options.SiloAuthority, options.WallClock),
        });
        var publicUrl = options.Addresses.PublicUrl ?? new Uri($"http://127.0.0.1:{options.Port}");
        builder.Services.AddSingleton(options.Retention).AddSingleton(new InstallationCurrency(currency))
            .AddSingleton(TrainingProgram)
            .AddGrains(simulatedClock: simulated is not null);
        builder.Services.AddOpenConnections(options.Connections)
            .AddLStepApi(options.Addresses, new Cursors(cursorKey), options.ApiRequestsPerSecond).AddProvider(options.Provider, cursorKey)
            .AddIngest(options.Ingest with { SimulatedClock = simulated is not null })
            .AddMessages(new MessageLinkOptions(publicUrl, options.Tracking)).AddXapi(options.LearningMap)
            .AddHooks(options.Hooks, options.WallClock);
        // After the keys of links, which messages carry.
        builder.Services.AddCampaigns(
            options.Channels, new MessageSettings(publicUrl, options.App, options.Brand, options.TeamLocale, options.SendingLimits)
            {
                Languages = options.MessageLocales,
            },
            options.Templates, options.WallClock, options.Digest).AddRecommendations();
        builder.Services.AddSingleton<NodeLoads>().AddSingleton<NodeBeat>()
            .AddHostedService(provider => provider.GetRequiredService<NodeBeat>());
        if (simulated is null) builder.Services.AddHostedService<Heartbeat>();
        else builder.Services.AddSingleton(simulated).AddSingleton<SimulatedClock>();
        options.Services?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapLStepApi();
        app.MapIngest();
        app.MapMessages();
        app.MapXapi();
        app.MapCaliper();
        app.MapHooks();
        if (simulated is not null) ClockApi.Map(app);
        app.UseDashboard();
        return app;
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
