using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LStep.Api.Ingest;
using LStep.Grains.Database;
using LStep.Silo;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Testing;

/// <summary>The real silo in this process: Kestrel on a free port, a fresh database, on the wall clock or a simulated one.</summary>
public sealed class LStepHost : IAsyncDisposable
{
    private readonly LStepSilo silo;
    private readonly string folder;
    private bool disposed;

    private LStepHost(LStepSilo silo, string folder, string connectionString)
    {
        (this.silo, this.folder, ConnectionString) = (silo, folder, connectionString);
        Client = ClientWith(new AuthenticationHeaderValue("Bearer", silo.Keys.AdminToken));
        Ingest = ClientWith(
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(silo.Keys.WriteKey + ":"))));
    }

    public static async Task<LStepHost> Start(
        DateTimeOffset? clock = null, string? connectionString = null, string? zone = null, Func<SiloOptions, SiloOptions>? with = null)
    {
        // With the patience of a test, which may hold a table for as long as it takes to see what it waits for.
        connectionString ??= await PostgresFixture.FreshDatabase() + ";Command Timeout=60;Options=-c lock_timeout=60000";
        var folder = Directory.CreateTempSubdirectory("lstep-host-").FullName;
        var options = new SiloOptions
        {
            Port = 0, DataFolder = folder, Postgres = connectionString, Clock = clock, BusinessZone = zone,
            WriteKey = "write-key-of-the-test-host", AdminToken = "admin-token-of-the-test-host",
        };
        var silo = await LStepSilo.Start(with is null ? options : with(options));
        return new LStepHost(silo, folder, connectionString);
    }

    public Uri Address => silo.Address;

    public string ConnectionString { get; }

    public string WriteKey => silo.Keys.WriteKey;

    public string AdminToken => silo.Keys.AdminToken;

    public IServiceProvider Services => silo.Services;

    public PostgresDatabase Database => silo.Services.GetRequiredService<PostgresDatabase>();

    /// <summary>With the admin's bearer token.</summary>
    public HttpClient Client { get; }

    /// <summary>With the write key.</summary>
    public HttpClient Ingest { get; }

    public DateTimeOffset Now => silo.Services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Requests of the ingest that are not answered yet.</summary>
    public long RequestsInFlight => silo.Services.GetRequiredService<RequestsInFlight>().Taken;

    /// <summary>Moves the simulated clock; everything due up to then is done when this returns.</summary>
    public async Task MoveClock(DateTimeOffset instant)
    {
        var answer = await Client.PostAsJsonAsync("/api/clock", new { now = instant });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Posts messages as one batch, and fails unless every one of them was taken.</summary>
    public async Task Post(params object[] messages)
    {
        var answer = await Ingest.PostAsJsonAsync("/v1/batch", new { batch = messages });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode && !text.Contains("rejected", StringComparison.Ordinal), text);
    }

    public async Task<JsonElement> Get(string path)
    {
        using var answer = await Client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>A host that a test has stopped by itself is left as it is: what the test failed with is told, not this.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true)) return;
        Client.Dispose();
        Ingest.Dispose();
        await silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private HttpClient ClientWith(AuthenticationHeaderValue key) =>
        // A clock that is moved by weeks for thousands has much to do on a busy machine.
        new() { BaseAddress = silo.Address, Timeout = TimeSpan.FromMinutes(5), DefaultRequestHeaders = { Authorization = key } };
}

/// <summary>One silo on the wall clock for all tests of a class.</summary>
public sealed class LStepHostFixture : IAsyncLifetime
{
    public LStepHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await LStepHost.Start();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}
