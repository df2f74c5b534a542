using System.Net;
using System.Net.Sockets;
using LStep.Api;
using LStep.Api.Auth.Oidc;
using LStep.Api.Hooks;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Api.Standards;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Digests;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Cluster;
using LStep.Grains.Privacy;

namespace LStep.Silo;

/// <summary>Everything a silo is started with. What is null is not configured.</summary>
public sealed record SiloOptions
{
    public const int DefaultPort = 5080;

    /// <summary>The address it serves HTTP on; 0.0.0.0 for every one of the machine, as in a container.</summary>
    public string Listen { get; init; } = "127.0.0.1";

    /// <summary>0 for any free one.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Keys, and the private PostgreSQL where no connection string is given.</summary>
    public required string DataFolder { get; init; }

    /// <summary>An Npgsql connection string.</summary>
    public string? Postgres { get; init; }

    /// <summary>The instant a simulated clock begins at; where it was moved on before, it goes on from there.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>The machine's own clock, unless a test or a fault run gives one that is wrong.</summary>
    public TimeProvider WallClock { get; init; } = MachineClock.Instance;

    /// <summary>IANA name of the business time zone; counts at the first start only. UTC without one.</summary>
    public string? BusinessZone { get; init; }

    /// <summary>
    /// What amounts are in, a code of ISO 4217; empty takes it away. Without one it stays as it was set before, at first none.
    /// </summary>
    public string? Currency { get; init; }

    /// <summary>How long a stop serves on after it said that it is not ready, so that a load balancer notices.</summary>
    public TimeSpan Drain { get; init; }

    public IngestOptions Ingest { get; init; } = new();

    /// <summary>What verbs and event types of learning standards are recorded as.</summary>
    public LearningMap LearningMap { get; init; } = LearningMap.BuiltIn;

    /// <summary>Its own name outside, and the proxies before it.</summary>
    public AddressOptions Addresses { get; init; } = new();

    /// <summary>Where people sign in who have no token; null for nowhere else.</summary>
    public ProviderSettings? Provider { get; init; }

    /// <summary>Of one key under /api, and twice as many at once.</summary>
    public int ApiRequestsPerSecond { get; init; } = KeyRates.RequestsPerSecondDefault;

    /// <summary>By what ways messages go out; none without it.</summary>
    public ChannelSettings Channels { get; init; } = new();

    /// <summary>Where the learners' platform is, for the links of messages.</summary>
    public Uri? App { get; init; }

    /// <summary>Who sends, as the footer of mails says it.</summary>
    public Brand Brand { get; init; } = new("L-Step", null);

    /// <summary>Who gets the mail of each morning, and when.</summary>
    public DigestSettings Digest { get; init; } = DigestSettings.Off;

    /// <summary>Of tasks and alerts.</summary>
    public string TeamLocale { get; init; } = "en";

    /// <summary>Texts of messages: the product's own, with those of an operator's folder before them.</summary>
    public TemplateFiles Templates { get; init; } = TemplateFiles.BuiltIn;

    /// <summary>Platforms whose webhooks are taken; without a secret of one it is closed.</summary>
    public HookSources Hooks { get; init; } =
        HookSources.Read(null, new Dictionary<string, IReadOnlyList<string>>(), MachineClock.Instance);

    /// <summary>Languages that a campaign's messages to customers have to be written in when it is published.</summary>
    public IReadOnlyCollection<string> MessageLocales { get; init; } = MessageSettings.LanguagesByDefault;

    public SendingLimits SendingLimits { get; init; } = SendingLimits.Default;

    /// <summary>Off: mails have no pixel and their own links.</summary>
    public bool Tracking { get; init; } = true;

    /// <summary>How long data is kept that nobody needs for ever.</summary>
    public Retention Retention { get; init; } = new();

    public ConnectionLimits Connections { get; init; } = new();

    /// <summary>
    /// Where other silos of a cluster reach this one; 0 for any free port, null for the usual one or the next that is free.
    /// </summary>
    public int? SiloPort { get; init; }

    /// <summary>Address or name by which they reach it; the loopback address without one.</summary>
    public string? Advertise { get; init; }

    /// <summary>PEM files by which the silos of a cluster know each other: this one's certificate, its key, their authority.</summary>
    public string? SiloCertificate { get; init; }
    public string? SiloKey { get; init; }
    public string? SiloAuthority { get; init; }

    /// <summary>The silo port may be open to other machines without certificates.</summary>
    public bool SiloInsecure { get; init; }

    public string? WriteKey { get; init; }
    public string? AdminToken { get; init; }

    /// <summary>The least that the product itself logs.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>A JSON object a line of the log, and nothing else on standard output.</summary>
    public bool LogJson { get; init; }

    /// <summary>Only errors are logged, so that a progress bar stays whole.</summary>
    public bool Quiet { get; init; }

    /// <summary>Ends the process when the silo's cluster gave it up; without one only the silo stops, and its process lives on.</summary>
    public Action? EndProcess { get; init; }

    /// <summary>Services and settings that come after the product's own: a test watches a silo from within by them.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <exception cref="IOException">The name to advertise is not known, the port is taken, or none is free.</exception>
    public SiloPort HoldSiloPort()
    {
        // On a simulated clock a silo is alone, and nobody from elsewhere has to reach it.
        var address = Advertise is null || Clock is not null ? IPAddress.Loopback
            : IPAddress.TryParse(Advertise, out var literal) ? literal
            : Resolved(Advertise);
        return Grains.Cluster.SiloPort.Hold(address, SiloPort);
    }

    private static IPAddress Resolved(string name)
    {
        try
        {
            return Dns.GetHostAddresses(name, AddressFamily.InterNetwork)[0];
        }
        catch (SocketException e)
        {
            throw new IOException($"'{name}' has no address ({e.Message}): give a name or an address of this machine with --advertise.", e);
        }
    }
}
