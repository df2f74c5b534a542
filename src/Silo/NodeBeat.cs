using System.Reflection;
using LStep.Grains;
using LStep.Grains.Operations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LStep.Silo;

/// <summary>
/// Says every few seconds that this process is there and how busy it is. Whatever fails here is a line in the log and nothing else.
/// </summary>
public sealed class NodeBeat(
    Nodes nodes, NodeLoads loads, SiloPhase phase, IServer server, IHostApplicationLifetime lifetime, ILogger<NodeBeat> log)
    : RepeatedWork(TimeSpan.FromSeconds(Nodes.BeatSeconds), atOnce: true, "Processes of long ago could not be forgotten", log)
{
    private const int BeatsBetweenPurges = 900;
    private const string WhenItFails = "This process could not say that it is there";

    private readonly TroubleLines troubles = new();

    private int beats;

    private readonly DateTimeOffset startedAt = MachineClock.Instance.Now();

    /// <summary>Host and port: the same again when it is started again.</summary>
    public string Name => $"{Environment.MachineName}:{Address.Port}";

    public static string Version { get; } =
        typeof(NodeBeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? "unknown";

    private Uri Address
    {
        get
        {
            var listening = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
            // Who listens everywhere is found by the host's name.
            return listening.Host is "0.0.0.0" or "[::]" ? new UriBuilder(listening) { Host = Environment.MachineName }.Uri : listening;
        }
    }

    public async Task Beat(CancellationToken cancel)
    {
        try
        {
            await nodes.Beat(new Node(
                Name, Address.ToString(), Version, phase.Current.ToString().ToLowerInvariant(), startedAt, startedAt, false,
                loads.Look()), cancel);
            troubles.Went(log, WhenItFails);
        }
        catch (Exception e)
        {
            troubles.Failed(log, WhenItFails, e);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Quietly(nodes.Leave(Name, cancellationToken));
    }

    protected override Task Ready(CancellationToken stopping) => Started(lifetime, stopping);

    protected override async Task Once(CancellationToken stopping)
    {
        await Beat(stopping);
        if (beats++ % BeatsBetweenPurges == 0) await nodes.Purge(stopping);
    }

    private static async Task Quietly(Task work) => await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
