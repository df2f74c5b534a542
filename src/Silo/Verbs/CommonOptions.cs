using System.Collections;
using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net;
using LStep.Api;
using LStep.Api.Http;
using LStep.Api.Standards;
using LStep.Grains.Cluster;
using LStep.Grains.Privacy;
using LStep.Silo.Logging;

namespace LStep.Silo.Verbs;

/// <summary>Options that several verbs share. An option wins over its environment variable, that over the default.</summary>
public sealed class CommonOptions
{
    private const int ApiRateMax = 1_000_000;
    private const int DaysMax = 3_650;
    private const int MonthsMax = 1_200;

    public Option<int> Port { get; } = new("--port")
    {
        Description = $"Port of the HTTP API (LSTEP_PORT; {SiloOptions.DefaultPort})",
        DefaultValueFactory = result =>
            Variable("LSTEP_PORT") is { } text ? OptionTexts.PortIn(text, "LSTEP_PORT", result) : SiloOptions.DefaultPort,
        CustomParser = result => OptionTexts.PortIn(result.Tokens[0].Value, "--port", result),
    };

    public Option<int?> SiloPort { get; } = new("--silo-port")
    {
        Description = $"Port for the other silos of a cluster (LSTEP_SILO_PORT; {Grains.Cluster.SiloPort.First} or the next free one)",
        DefaultValueFactory = result =>
            Variable("LSTEP_SILO_PORT") is { } text ? OptionTexts.PortIn(text, "LSTEP_SILO_PORT", result) : null,
        CustomParser = result => OptionTexts.PortIn(result.Tokens[0].Value, "--silo-port", result),
    };

    public Option<string?> Advertise { get; } = new("--advertise")
    {
        Description = "Address or name by which the other silos reach this one (LSTEP_ADVERTISE; 127.0.0.1)",
        HelpName = "HOST",
        DefaultValueFactory = _ => Variable("LSTEP_ADVERTISE"),
    };

    public Option<string?> SiloCertificate { get; } = SiloFile(
        "--silo-cert", "LSTEP_SILO_CERT", "This silo's certificate for the other silos, in PEM");

    public Option<string?> SiloKey { get; } = SiloFile("--silo-key", "LSTEP_SILO_KEY", "Its private key");

    public Option<string?> SiloAuthority { get; } = SiloFile(
        "--silo-ca", "LSTEP_SILO_CA", "The only authority whose certificates silos accept");

    public Option<bool> SiloInsecure { get; } = new("--silo-insecure")
    {
        Description =
            "Opens the silo port to other machines without certificates: whoever reaches it may call any grain "
                + "(LSTEP_SILO_INSECURE; false)",
        DefaultValueFactory = result => Variable("LSTEP_SILO_INSECURE") is { } text
            && (bool.TryParse(text, out var yes) ? yes
                : OptionTexts.Fail<bool>(result, $"LSTEP_SILO_INSECURE is '{text}', which is neither true nor false")),
    };

    public Option<string> Listen { get; } = new("--listen")
    {
        Description = "IP address to serve HTTP on; 0.0.0.0 for all, as in a container (LSTEP_LISTEN; 127.0.0.1)",
        HelpName = "IP",
        DefaultValueFactory = result =>
            Variable("LSTEP_LISTEN") is { } text ? OptionTexts.ListenOn(result, text, "LSTEP_LISTEN")! : "127.0.0.1",
        CustomParser = result => OptionTexts.ListenOn(result, result.Tokens[0].Value, "--listen"),
    };

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Folder for keys and the private PostgreSQL (LSTEP_DATA; .lstep)",
        HelpName = "DIR",
        DefaultValueFactory = result => OptionTexts.FolderIn(DefaultData, "LSTEP_DATA", result)!,
        CustomParser = result => OptionTexts.FolderIn(result.Tokens[0].Value, "--data", result),
    };

    // Its variable is read in Read and not by a default of the option: help shows defaults, and this one holds a password.
    public Option<string?> Postgres { get; } = new("--postgres")
    {
        Description = "Connection string of a PostgreSQL server to use instead of a private one (LSTEP_POSTGRES)",
        HelpName = "CONN",
        CustomParser = result => OptionTexts.ConnectionIn(result.Tokens[0].Value, "--postgres", result),
    };

    public Option<DateTimeOffset?> Clock { get; } = new("--clock")
    {
        Description = "Live on a simulated clock that begins at this instant and only POST /api/clock moves",
        HelpName = "ISO-INSTANT",
        CustomParser = result => OptionTexts.ClockIn(result.Tokens[0].Value, result),
    };

    public Option<string?> Zone { get; } = new("--zone")
    {
        Description = "Business time zone, an IANA name; fixed at the first start (LSTEP_ZONE; UTC)",
        HelpName = "ZONE",
        DefaultValueFactory = result => Variable("LSTEP_ZONE") is { } text ? OptionTexts.ZoneIn(text, "LSTEP_ZONE", result) : null,
        CustomParser = result => OptionTexts.ZoneIn(result.Tokens[0].Value, "--zone", result),
    };

    public Option<int> Drain { get; } = new("--drain")
    {
        Description = "Seconds that a stop serves on after readiness says no, so that a load balancer notices (LSTEP_DRAIN; 0)",
        HelpName = "SECONDS",
        DefaultValueFactory = result =>
            Variable("LSTEP_DRAIN") is { } text ? OptionTexts.NumberIn(text, "LSTEP_DRAIN", 0, StopLimits.DrainSecondsMax, result) : 0,
        CustomParser = result => OptionTexts.NumberIn(result.Tokens[0].Value, "--drain", 0, StopLimits.DrainSecondsMax, result),
    };

    public Option<Uri?> PublicUrl { get; } = new("--public-url")
    {
        Description = "Where browsers reach it, such as https://lstep.example.org: given to browser SDKs, and the beginning of links "
            + "(LSTEP_PUBLIC_URL)",
        HelpName = "URL",
        DefaultValueFactory = result =>
            Variable("LSTEP_PUBLIC_URL") is { } text ? OptionTexts.PublicUrlIn(result, text, "LSTEP_PUBLIC_URL") : null,
        CustomParser = result => OptionTexts.PublicUrlIn(result, result.Tokens[0].Value, "--public-url"),
    };

    public Option<ImmutableArray<IPNetwork>> TrustedProxies { get; } = new("--trusted-proxies")
    {
        Description = "Networks of proxies whose X-Forwarded-Proto and X-Forwarded-For are trusted, such as 10.0.0.0/8,192.168.1.7; "
            + "loopback always is (LSTEP_TRUSTED_PROXIES)",
        HelpName = "NETWORKS",
        DefaultValueFactory = result => Variable("LSTEP_TRUSTED_PROXIES") is { } text
            ? OptionTexts.Networks(result, text, "LSTEP_TRUSTED_PROXIES") : [],
        CustomParser = result => OptionTexts.Networks(result, result.Tokens[0].Value, "--trusted-proxies"),
    };

    public Option<int> ApiRate { get; } = new("--api-rate")
    {
        Description = "Requests a second that one key may make under /api, and twice as many at once "
            + $"(LSTEP_API_RATE; {KeyRates.RequestsPerSecondDefault})",
        HelpName = "REQUESTS",
        DefaultValueFactory = result => Variable("LSTEP_API_RATE") is { } text
            ? OptionTexts.NumberIn(text, "LSTEP_API_RATE", 1, ApiRateMax, result) : KeyRates.RequestsPerSecondDefault,
        CustomParser = result => OptionTexts.NumberIn(result.Tokens[0].Value, "--api-rate", 1, ApiRateMax, result),
    };
    public Option<int> RetainRejected { get; } = Number(
        "--retain-rejected-days", "LSTEP_RETAIN_REJECTED_DAYS", "Days that refused events are kept", "DAYS", 1, DaysMax, 90);

    public Option<int> RetainAnonymous { get; } = Number(
        "--retain-anonymous-days", "LSTEP_RETAIN_ANONYMOUS_DAYS", "Days that events of devices are kept which nobody was tied to", "DAYS",
        1, Retention.AnonymousDaysMax, Retention.AnonymousDaysMax);

    public Option<int> RetainActivities { get; } = Number(
        "--retain-activities-months", "LSTEP_RETAIN_ACTIVITIES_MONTHS", "Whole months of the activities log that are kept; 0 for all",
        "MONTHS", 0, MonthsMax, 0);

    public Option<string> LogLevel { get; } = OneOf(
        "--log-level", "LSTEP_LOG_LEVEL", "What the log says at least", "info", [.. LogSetup.Levels.Keys]);

    public Option<string> LogFormat { get; } = OneOf(
        "--log-format", "LSTEP_LOG_FORMAT", "text, or json for one object a line", "text", "text", "json");

    public CommonOptions AddTo(Command verb, bool serving)
    {
        verb.Add(Data);
        verb.Add(Postgres);
        if (!serving) return this;
        verb.Add(Listen);
        verb.Add(Port);
        verb.Add(PublicUrl);
        verb.Add(TrustedProxies);
        verb.Add(ApiRate);
        verb.Add(SiloPort);
        verb.Add(Advertise);
        verb.Add(SiloCertificate);
        verb.Add(SiloKey);
        verb.Add(SiloAuthority);
        verb.Add(SiloInsecure);
        verb.Add(Clock);
        verb.Add(Zone);
        verb.Add(Drain);
        verb.Add(RetainRejected);
        verb.Add(RetainAnonymous);
        verb.Add(RetainActivities);
        verb.Add(LogLevel);
        verb.Add(LogFormat);
        return this;
    }

    /// <exception cref="WrongUsageException">Some of the three files of certificates are missing, or the variable of the connection string
    /// cannot be read.</exception>
    public SiloOptions Read(ParseResult parsed, bool serving = true)
    {
        var options = Values(parsed, serving);
        if (serving)
            options = MessagingVariables.Read(options, Variable) with { Hooks = HookVariables.Read(Variables, MachineClock.Instance) };
        string?[] files = [options.SiloCertificate, options.SiloKey, options.SiloAuthority];
        if (files.Any(file => file is null) && files.Any(file => file is not null))
            throw new WrongUsageException("--silo-cert, --silo-key and --silo-ca are given together, or none of them.");
        return options;
    }

    private SiloOptions Values(ParseResult parsed, bool serving) => new()
    {
        DataFolder = Path.GetFullPath(parsed.GetValue(Data)!),
        Postgres = parsed.GetValue(Postgres) ?? GivenDatabase(),
        Listen = (serving ? parsed.GetValue(Listen) : null) ?? "127.0.0.1",
        Port = serving ? parsed.GetValue(Port) : 0,
        SiloPort = serving ? parsed.GetValue(SiloPort) : null,
        Advertise = serving ? parsed.GetValue(Advertise) : null,
        SiloCertificate = serving ? parsed.GetValue(SiloCertificate) : null,
        SiloKey = serving ? parsed.GetValue(SiloKey) : null,
        SiloAuthority = serving ? parsed.GetValue(SiloAuthority) : null,
        SiloInsecure = serving && parsed.GetValue(SiloInsecure),
        Addresses = serving
            ? new AddressOptions { PublicUrl = parsed.GetValue(PublicUrl), TrustedProxies = parsed.GetValue(TrustedProxies) } : new(),
        Provider = serving ? ProviderVariables.Read(Variable, MachineClock.Instance) : null,
        LearningMap = serving && Variable(LearningMapName) is { } map ? MapIn(map) : LearningMap.BuiltIn,
        ApiRequestsPerSecond = serving ? parsed.GetValue(ApiRate) : KeyRates.RequestsPerSecondDefault,
        Tracking = !serving || TrackingIn(Variable(TrackingName)),
        Clock = serving ? parsed.GetValue(Clock) : null,
        BusinessZone = serving ? parsed.GetValue(Zone) : null,
        Drain = TimeSpan.FromSeconds(serving ? parsed.GetValue(Drain) : 0),
        Retention = serving ? RetentionOf(parsed) : new(),
        LogLevel = serving ? LogSetup.Levels[parsed.GetValue(LogLevel) ?? "info"] : Microsoft.Extensions.Logging.LogLevel.Warning,
        LogJson = serving && parsed.GetValue(LogFormat) == "json",
        WriteKey = Variable("LSTEP_WRITE_KEY"),
        AdminToken = Variable("LSTEP_ADMIN_TOKEN"),
        EndProcess = () => Environment.Exit(ExitCodes.DeclaredDead),
    };

    private const string TrackingName = "LSTEP_TRACKING";

    /// <summary>Somebody who meant to switch it off must not be tracked by a slip of writing.</summary>
    private static bool TrackingIn(string? text) => text?.ToLowerInvariant() switch
    {
        null or "on" or "true" => true,
        "off" or "false" => false,
        _ => throw new WrongUsageException($"{TrackingName} is '{text}', which is neither on nor off."),
    };

    private const string LearningMapName = "LSTEP_LEARNING_MAP";

    private static LearningMap MapIn(string path)
    {
        try
        {
            return LearningMap.Read(path);
        }
        catch (LearningMapException e)
        {
            throw new WrongUsageException($"{LearningMapName}: {e.Message}");
        }
    }

    private Retention RetentionOf(ParseResult parsed)
    {
        var months = parsed.GetValue(RetainActivities);
        if (months is > 0 and < Retention.ActivitiesMonthsMin)
            throw new WrongUsageException(
                $"--retain-activities-months is '{months}'; give 0 for all, or {Retention.ActivitiesMonthsMin} and more: windows look 30 "
                    + $"days back.");
        return new Retention(parsed.GetValue(RetainRejected), parsed.GetValue(RetainAnonymous), months == 0 ? null : months);
    }

    public static string DefaultData => Variable("LSTEP_DATA") ?? ".lstep";

    private static string? GivenDatabase() => Variable("LSTEP_POSTGRES") is not { } text ? null
        : OptionTexts.WrongConnection(text, "LSTEP_POSTGRES") is { } trouble ? throw new WrongUsageException(trouble + ".") : text;

    private static Dictionary<string, string> Variables => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(
        variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

    /// <summary>An empty variable counts as one that is not there.</summary>
    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static Option<int> Number(string name, string variable, string what, string unit, int min, int max, int otherwise) => new(name)
    {
        Description = $"{what} ({variable}; {otherwise})",
        HelpName = unit,
        DefaultValueFactory = result => Variable(variable) is { } text ? OptionTexts.NumberIn(text, variable, min, max, result) : otherwise,
        CustomParser = result => OptionTexts.NumberIn(result.Tokens[0].Value, name, min, max, result),
    };

    private static Option<string?> SiloFile(string name, string variable, string what) =>
        new(name) { Description = $"{what} ({variable})", HelpName = "FILE", DefaultValueFactory = _ => Variable(variable) };

    private static Option<string> OneOf(string name, string variable, string what, string otherwise, params string[] values)
    {
        var option = new Option<string>(name) { Description = $"{what} ({variable}; {otherwise})" };
        option.DefaultValueFactory = result => Variable(variable) is not { } text ? otherwise
            : values.Contains(text) ? text
                : OptionTexts.Fail<string>(result, $"{variable} is '{text}', which is none of {string.Join(", ", values)}")!;
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
