using System.Net.Http.Headers;
using System.Text.Json;
using LStep.Grains.Database;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests;

/// <summary>A silo of a test class's own, on a fresh database and a clock that stands still, with a key of every role.</summary>
public class ApiHost : IAsyncLifetime
{
    public const string SuccessToken = "success-token-of-the-tests";
    public const string ViewerToken = "viewer-token-of-the-tests";

    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private LStepHost silo = null!;

    /// <summary>With the admin's token.</summary>
    public HttpClient Admin => silo.Client;

    public string AdminToken => silo.AdminToken;

    public string WriteKey => silo.WriteKey;

    public Uri Address => silo.Address;

    public IServiceProvider Services => silo.Services;

    public PostgresDatabase Database => silo.Database;

    public Tokens Tokens => silo.Services.GetRequiredService<Tokens>();

    public async Task InitializeAsync()
    {
        silo = await LStepHost.Start(Noon);
        await Tokens.Keep(SuccessToken, Role.Success, "Sue");
        await Tokens.Keep(ViewerToken, Role.Viewer, "Vic");
    }

    public async Task DisposeAsync() => await silo.DisposeAsync();

    /// <summary>Keeps no cookies: the tests carry them by hand.</summary>
    public HttpClient Client(string? bearer = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (bearer is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    /// <summary>Posts Segment messages; answers after the commit.</summary>
    public Task Post(params object[] messages) => silo.Post(messages);

    public Task<JsonElement> Get(string path) => silo.Get(path);

    public static object Track(string userId, string name, object? properties = null, DateTimeOffset? at = null) =>
        new
        {
            type = "track", userId, @event = name, properties = properties ?? new { }, timestamp = at ?? Noon,
            messageId = $"{userId}-{name}-{at ?? Noon:O}-{properties}",
        };

    public static object Identify(string userId, object traits) =>
        new { type = "identify", userId, traits, timestamp = Noon, messageId = $"{userId}-identify" };

    /// <summary>The names of an object's fields.</summary>
    public static string[] Fields(JsonElement element) => [.. element.EnumerateObject().Select(field => field.Name)];
}
