using LStep.Api;
using LStep.Api.Ingest;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Storage;
using LStep.Silo.Clock;
using LStep.Silo.Keys;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LStep.Silo;

/// <summary>
/// One process of L-Step: grains, HTTP and hub over one database. Every verb and every test starts it here.
/// </summary>
public sealed class LStepSilo : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly OpenDatabase database;

    private LStepSilo(WebApplication app, OpenDatabase database, StartKeys keys)
    {
        (this.app, this.database, Keys) = (app, database, keys);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

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
        var opened = await OpenDatabase.At(options, cancel);
        try
        {
            var file = new KeyFile(options.DataFolder);
            var keys = file.Resolve(options.WriteKey, options.AdminToken);
            var wall = options.ClockSkew is { } skew ? new SkewedClock(WallClock, skew) : WallClock;
            var (begin, calendar) = await FirstStart.Prepare(opened.Database, options, keys, wall, cancel);
            var time = options.Clock is null ? wall : new SimulatedTimeProvider(begin);
            var app = Build(options, opened.Database, time);
            try
            {
                await app.Services.GetRequiredService<RulebookSource>().Open(calendar, cancel);
                await app.StartAsync(cancel);
                var silo = new LStepSilo(app, opened, keys) { KeyFile = file.Path };
                // Time that passed since the process was last there is made up for before anybody is told to come.
                if (silo.Clock is { } clock && options.Clock > clock.Now) await clock.MoveTo(options.Clock.Value, cancel);
                return silo;
            }
            catch
            {
                await app.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public Task UntilStopped(CancellationToken cancel) => app.WaitForShutdownAsync(cancel);

    /// <summary>Stops accepting, lets what is under way end, deactivates the grains, and leaves the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

#pragma warning disable RS0030 // The composition root: the one place that chooses the wall clock.
    internal static TimeProvider WallClock => TimeProvider.System;
#pragma warning restore RS0030

    private static WebApplication Build(SiloOptions options, Database database, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { WebRootPath = WebRoot.Find() });
        builder.WebHost.UseKestrelCore().UseUrls($"http://{options.Listen}:{options.Port}");
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(options.Quiet ? LogLevel.Error : LogLevel.Warning);
        builder.Services.AddRouting();

        var simulated = time as SimulatedTimeProvider;
        builder.Services.AddSingleton(time).AddSingleton(database).AddSingleton<Migrator>();
        // Services start in this order and stop in the reverse one: whoever calls grains comes after the engine.
        builder.AddEngine(new EngineOptions { WallClock = simulated is null ? time : WallClock, Postgres = database.ConnectionString, Silo = options.SiloEndPoint() });
        builder.Services.AddGrains(simulatedClock: simulated is not null);
        builder.Services.AddLStepApi().AddIngest(new IngestOptions { SimulatedClock = simulated is not null });
        if (simulated is null) builder.Services.AddHostedService<Heartbeat>();
        else builder.Services.AddSingleton(simulated).AddSingleton<SimulatedClock>();

        var app = builder.Build();
        app.MapLStepApi();
        app.MapIngest();
        if (simulated is not null) ClockApi.Map(app);
        app.UseDashboard();
        return app;
    }
}
