using Orleans.Configuration;

namespace LStep.Grains.Cluster;

/// <summary>
/// How a cluster of silos behaves under load and when one dies, with the reasons. docs/operations.md says what was measured.
/// </summary>
internal static class ClusterLimits
{
    /// <summary>One cluster a database: the tables are shared, so the name need not tell clusters apart.</summary>
    public const string Name = "lstep";

    /// <summary>Membership, reminders and cursors are a few statements a second.</summary>
    public const int ConnectionsMax = 8;

    public const int ConnectionSecondsMax = 60;
    public const int ConnectTimeoutSeconds = 5;
    public const int CommandTimeoutSeconds = 10;

    /// <summary>Silos shake hands in milliseconds; whoever connects and says nothing is cut off.</summary>
    public const int HandshakeSecondsMax = 5;

    /// <summary>Connections to the silo port that have not shown a certificate yet; one more ends the oldest of them.</summary>
    public const int HandshakesMax = 256;

    public static void Membership(ClusterMembershipOptions options)
    {
        // Three probes of two seconds missed, and no message from it in that time: a dead silo's customers answer elsewhere within
        // ten seconds, and a pause for garbage collection or a busy processor, which lasts tenths, kills nobody.
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 3;
        // Left alone it is four times as long; and no silo that responded within three of these is given up.
        options.MaxProbeTimeout = options.ProbeTimeout;
        // A silo that starts after a crash of all of them waits for nobody who has been silent for three of these.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        options.NumMissedTableIAmAliveLimit = 3;
        // Gossip carries changes at once; the table is what remains when gossip was lost, or not sent: whose clock is half a minute
        // behind seems silent and is told nothing.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(3);
        options.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
        // Who takes longer to join is not turned out for it: that compares clocks of two machines, and one that is minutes ahead would
        // let nobody in any more. Who dies while joining is probed like any other.
        options.EvictWhenMaxJoinAttemptTimeExceeded = false;
    }

    public static void Messaging(SiloMessagingOptions options)
    {
        // Orleans' own default is no bound.
        options.MaxEnqueuedRequestsSoftLimit = GrainLimits.CallsWaitingMax / 5;
        options.MaxEnqueuedRequestsHardLimit = GrainLimits.CallsWaitingMax;
        options.ResponseTimeout = GrainLimits.CallMax;
    }

    public static void Collection(GrainCollectionOptions options)
    {
        // By memory: past 80% of what the process may use, the least recently used go until 70% is left.
        options.EnableActivationSheddingOnMemoryPressure = true;
        options.MemoryUsageLimitPercentage = 80;
        options.MemoryUsageTargetPercentage = 70;
        options.CollectionAge = GrainLimits.IdleMax;
    }
}
