using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LStep.Grains.Cluster;
using LStep.Silo.Logging;

namespace LStep.Silo.Verbs;

/// <summary>Options that several verbs share. An option wins over its environment variable, that over the default.</summary>
public sealed class CommonOptions
{
    public Option<int> Port { get; } = new("--port")
    {
        Description = $"Port of the HTTP API (LSTEP_PORT; {SiloOptions.DefaultPort})",
        DefaultValueFactory = result => PortIn("LSTEP_PORT", SiloOptions.DefaultPort, result),
    };

    public Option<int?> SiloPort { get; } = new("--silo-port")
    {
        Description = $"Port for the other silos of a cluster (LSTEP_SILO_PORT; {Grains.Cluster.SiloPort.First} or the next free one)",
        DefaultValueFactory = result => Variable("LSTEP_SILO_PORT") is null ? null : PortIn("LSTEP_SILO_PORT", 0, result),
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
        "--silo-ca", "LSTEP_SILO_CA", "The authority whose certificates silos believe, no other");

    public Option<bool> SiloInsecure { get; } = new("--silo-insecure")
    {
        Description =
            "Opens the silo port to other machines without certificates: whoever reaches it may call any grain "
                + "(LSTEP_SILO_INSECURE; false)",
        DefaultValueFactory = result => Variable("LSTEP_SILO_INSECURE") is { } text
            && (bool.TryParse(text, out var yes) ? yes
                : Fail<bool>(result, $"LSTEP_SILO_INSECURE is '{text}', which is neither true nor false")),
    };

    public Option<string> Listen { get; } = new("--listen")
    {
        Description = "IP address to serve HTTP on; 0.0.0.0 for all, as in a container (LSTEP_LISTEN; 127.0.0.1)",
        HelpName = "IP",
        DefaultValueFactory = result => Variable("LSTEP_LISTEN") is { } text ? ListenOn(result, text, "LSTEP_LISTEN")! : "127.0.0.1",
        CustomParser = result => ListenOn(result, result.Tokens[0].Value, "--listen"),
    };

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Folder for keys and the private PostgreSQL (LSTEP_DATA; .lstep)",
        HelpName = "DIR",
        DefaultValueFactory = _ => Variable("LSTEP_DATA") ?? ".lstep",
    };

    public Option<string?> Postgres { get; } = new("--postgres")
    {
        Description = "Connection string of a PostgreSQL server to use instead of a private one (LSTEP_POSTGRES)",
        HelpName = "CONN",
    };

    public Option<DateTimeOffset?> Clock { get; } = new("--clock")
    {
        Description = "Live on a simulated clock that begins at this instant and only POST /api/clock moves",
        HelpName = "ISO-INSTANT",
        CustomParser = result => TryInstant(result.Tokens[0].Value, out var instant) ? instant
            : Fail<DateTimeOffset?>(result, $"'{result.Tokens[0].Value}' is no instant; one looks like 2026-01-02T03:04:05Z"),
    };

    public Option<string?> Zone { get; } = new("--zone")
    {
        Description = "Business time zone, an IANA name; fixed at the first start (LSTEP_ZONE; UTC)",
        HelpName = "ZONE",
        DefaultValueFactory = _ => Variable("LSTEP_ZONE"),
    };

    public Option<int> Drain { get; } = Bounded(new Option<int>("--drain")
    {
        Description = "Seconds that a stop serves on after readiness says no, so that a load balancer notices (LSTEP_DRAIN; 0)",
        HelpName = "SECONDS",
        DefaultValueFactory = result => Variable("LSTEP_DRAIN") is not { } text ? 0
            : int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) ? seconds
                : Fail<int>(result, $"LSTEP_DRAIN is '{text}', which is no number of seconds"),
    }, StopLimits.DrainSecondsMax);

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
        verb.Add(SiloPort);
        verb.Add(Advertise);
        verb.Add(SiloCertificate);
        verb.Add(SiloKey);
        verb.Add(SiloAuthority);
        verb.Add(SiloInsecure);
        verb.Add(Clock);
        verb.Add(Zone);
        verb.Add(Drain);
        verb.Add(LogLevel);
        verb.Add(LogFormat);
        return this;
    }

    public SiloOptions Read(ParseResult parsed, bool serving = true) => new()
    {
        DataFolder = Path.GetFullPath(parsed.GetValue(Data)!),
        // Not a default of the option: help shows defaults, and this one holds a password.
        Postgres = parsed.GetValue(Postgres) ?? Variable("LSTEP_POSTGRES"),
        Listen = serving ? parsed.GetValue(Listen)! : "127.0.0.1",
        Port = serving ? parsed.GetValue(Port) : 0,
        SiloPort = serving ? parsed.GetValue(SiloPort) : null,
        Advertise = serving ? parsed.GetValue(Advertise) : null,
        SiloCertificate = serving ? parsed.GetValue(SiloCertificate) : null,
        SiloKey = serving ? parsed.GetValue(SiloKey) : null,
        SiloAuthority = serving ? parsed.GetValue(SiloAuthority) : null,
        SiloInsecure = serving && parsed.GetValue(SiloInsecure),
        Clock = serving ? parsed.GetValue(Clock) : null,
        BusinessZone = serving ? parsed.GetValue(Zone) : null,
        Drain = TimeSpan.FromSeconds(serving ? parsed.GetValue(Drain) : 0),
        LogLevel = serving ? LogSetup.Levels[parsed.GetValue(LogLevel) ?? "info"] : Microsoft.Extensions.Logging.LogLevel.Warning,
        LogJson = serving && parsed.GetValue(LogFormat) == "json",
        WriteKey = Variable("LSTEP_WRITE_KEY"),
        AdminToken = Variable("LSTEP_ADMIN_TOKEN"),
        EndProcess = () => Environment.Exit(ExitCodes.DeclaredDead),
    };

    /// <summary>An empty variable counts as one that is not there.</summary>
    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>An address of a server, as an option or an argument.</summary>
    public static Uri? Address(ArgumentResult result) =>
        Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https") ? address
            : Fail<Uri>(result, $"'{result.Tokens[0].Value}' is no address; one looks like http://127.0.0.1:5080");

    private static Option<string?> SiloFile(string name, string variable, string what) =>
        new(name) { Description = $"{what} ({variable})", HelpName = "FILE", DefaultValueFactory = _ => Variable(variable) };

    private static Option<string> OneOf(string name, string variable, string what, string otherwise, params string[] values)
    {
        var option = new Option<string>(name) { Description = $"{what} ({variable}; {otherwise})" };
        option.DefaultValueFactory = result => Variable(variable) is not { } text ? otherwise
            : values.Contains(text) ? text : Fail<string>(result, $"{variable} is '{text}', which is none of {string.Join(", ", values)}")!;
        option.AcceptOnlyFromAmong(values);
        return option;
    }

    private static Option<int> Bounded(Option<int> option, int max)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < 0 || value > max))
                result.AddError($"{option.Name} is a number from 0 to {max}");
        });
        return option;
    }

    /// <summary>An IPv6 address is written in brackets where a port follows it.</summary>
    private static string? ListenOn(ArgumentResult result, string text, string from) =>
        !IPAddress.TryParse(text, out var address) ? Fail<string>(result, $"{from} is '{text}', which is no IP address")
            : address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : text;

    private static int PortIn(string variable, int otherwise, ArgumentResult result) => Variable(variable) is not { } text ? otherwise
        : int.TryParse(text, CultureInfo.InvariantCulture, out var port) ? port
            : Fail<int>(result, $"{variable} is '{text}', which is no port");

    private static bool TryInstant(string text, out DateTimeOffset? instant)
    {
        var read = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value);
        instant = read ? value : null;
        return read;
    }

    private static T? Fail<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
