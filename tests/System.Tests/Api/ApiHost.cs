using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LStep.Grains.Storage;
using LStep.Silo;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Api;

/// <summary>A silo of a test class's own, on a fresh database and a clock that stands still, with a key of every role.</summary>
public class ApiHost : IAsyncLifetime
{
    public const string WriteKey = "write-key-of-the-tests";
    public const string AdminToken = "admin-token-of-the-tests";
    public const string SuccessToken = "success-token-of-the-tests";
    public const string ViewerToken = "viewer-token-of-the-tests";

    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("lstep-api-").FullName;

    public LStepSilo Silo { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public Uri Address => Silo.Address;

    public Database Database => Silo.Services.GetRequiredService<Database>();

    public Tokens Tokens => Silo.Services.GetRequiredService<Tokens>();

    public async Task InitializeAsync()
    {
        Silo = await LStepSilo.Start(new SiloOptions
        {
            Port = 0,
            DataFolder = folder,
            Postgres = await PostgresFixture.FreshDatabase(),
            Clock = Noon,
            WriteKey = WriteKey,
            AdminToken = AdminToken,
            Quiet = true,
        });
        await Tokens.Keep(SuccessToken, Role.Success, "Sue");
        await Tokens.Keep(ViewerToken, Role.Viewer, "Vic");
        Admin = Client(AdminToken);
    }

    public async Task DisposeAsync()
    {
        Admin.Dispose();
        await Silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    public HttpClient Client(string? bearer = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (bearer is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    /// <summary>Posts Segment messages, given as JSON objects; answers after the commit.</summary>
    public async Task Post(params IEnumerable<object> messages)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = JsonContent.Create(new { batch = messages }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(WriteKey + ":")));
        using var response = await Admin.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode && !text.Contains("rejected"), text);
    }

    public static object Track(string userId, string name, object? properties = null, DateTimeOffset? at = null) =>
        new { type = "track", userId, @event = name, properties = properties ?? new { }, timestamp = at ?? Noon, messageId = $"{userId}-{name}-{at ?? Noon:O}-{properties}" };

    public static object Identify(string userId, object traits) =>
        new { type = "identify", userId, traits, timestamp = Noon, messageId = $"{userId}-identify-{traits}" };

    public async Task<JsonElement> Get(string path)
    {
        using var response = await Admin.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The names of an object's fields.</summary>
    public static string[] Fields(JsonElement element) => [.. element.EnumerateObject().Select(field => field.Name)];
}
