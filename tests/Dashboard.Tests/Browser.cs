using LStep.Api.Http;
using LStep.Api.Sessions;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.People;
using LStep.Grains.Rules;
using LStep.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace LStep.Dashboard.Tests;

/// <summary>The real silo with the built dashboard, and the installed Chromium before it.</summary>
public sealed class Browser : IAsyncLifetime, IAsyncDisposable
{
    private const float PatienceMs = 15_000;

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright playwright = null!;
    private IBrowser chromium = null!;

    private Func<SiloOptions, SiloOptions>? with;
    private DateTimeOffset? clock;

    public LStepHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Assert.True(
            File.Exists(Repository.Path("src/Silo/wwwroot/index.html")), "The dashboard is not built: npm run build in src/Api/dashboard.");
        Host = await LStepHost.Start(clock, with: with);
        Assertions.SetDefaultExpectTimeout(PatienceMs); // what has a limit of its own says so
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Programs.Chromium, Args = Flags });
    }

    /// <summary>On a database of its own, for a test that needs an installation nobody has written to.</summary>
    public static async Task<Browser> OnEmpty()
    {
        var own = new Browser();
        await own.InitializeAsync();
        return own;
    }

    /// <summary>As above, with every message kept instead of sent.</summary>
    public static async Task<Browser> OnSinks()
    {
        var own = new Browser { with = options => options with { Channels = ChannelSettings.SinkOnly } };
        await own.InitializeAsync();
        return own;
    }

    /// <summary>On a simulated clock, and a database of its own.</summary>
    public static async Task<Browser> OnClock(DateTimeOffset begin, Func<SiloOptions, SiloOptions>? with = null)
    {
        var own = new Browser { clock = begin, with = with };
        await own.InitializeAsync();
        return own;
    }

    /// <summary>The silo ends; <see cref="StartAgain"/> brings it back at the same address, over the same database.</summary>
    public Task Stop() => Host.DisposeAsync().AsTask();

    public async Task StartAgain()
    {
        var (port, database) = (Host.Address.Port, Host.ConnectionString);
        Host = await LStepHost.Start(
            clock, connectionString: database, with: options => (with?.Invoke(options) ?? options) with { Port = port });
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    public async Task DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>A page of a person of their own, signed in with a fresh link.</summary>
    public async Task<Visit> SignIn(
        string path = "/", ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900, string? blocked = null,
        string? zone = null, Role role = Role.Admin)
    {
        var visit = await Open(scheme, width, height, blocked, zone);
        await visit.Page.GotoAsync($"/#link={await NewLink(role)}");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();
        if (path != "/") await visit.Page.GotoAsync(path);
        return visit;
    }

    public async Task<Visit> Open(
        ColorScheme scheme = ColorScheme.Light, int width = 1440, int height = 900, string? blocked = null, string? zone = null,
        string? locale = null)
    {
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Host.Address.ToString(), ColorScheme = scheme, ViewportSize = new ViewportSize { Width = width, Height = height },
            TimezoneId = zone, Locale = locale,
        });
        if (blocked is not null) await context.RouteAsync(blocked, route => route.AbortAsync());
        return new Visit(context, await context.NewPageAsync());
    }

    public Task<string> NewLink(Role role = Role.Admin) => Host.Services.GetRequiredService<Tokens>().NewLink(role, "browser test");

    /// <summary>Where pictures of the pages are kept for people to look at.</summary>
    public static string Screenshot(string name) => Repository.Path($"artifacts/screenshots/{name}.png");
}

/// <summary>One person's browser window, and what the browser complained of in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;

    public Visit(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    /// <summary>
    /// Answers for the event catalogue with every kind of line that it has: names that are long, unknown, mapped, of other scripts.
    /// </summary>
    public Task ShowEventNames() => context.RouteAsync("**/api/events*", route => route.FulfillAsync(new() { Json = EventNames.Page }));

    /// <summary>Shows the pages of a group of the navigation.</summary>
    public Task OpenGroup(string name) => Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })
        .GetByRole(AriaRole.Button, new() { NameRegex = new System.Text.RegularExpressions.Regex($"^{name}") }).ClickAsync();

    public Task GoOffline(bool offline) => context.SetOfflineAsync(offline);

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
