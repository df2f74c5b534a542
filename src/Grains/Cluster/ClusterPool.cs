using Npgsql;
using Orleans;
using Orleans.Runtime;

namespace LStep.Grains.Cluster;

/// <summary>A pool of the cluster's own: a silo must be able to say that it lives while the product's connections are all busy.</summary>
internal sealed class ClusterPool(string connectionString) : ILifecycleParticipant<ISiloLifecycle>
{
    public string ConnectionString { get; } = new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "lstep-orleans",
        MaxPoolSize = ClusterLimits.ConnectionsMax,
        Timeout = ClusterLimits.ConnectTimeoutSeconds,
        CommandTimeout = ClusterLimits.CommandTimeoutSeconds,
        // One that began while the database was read-only stays so.
        ConnectionLifetime = ClusterLimits.ConnectionSecondsMax,
        IncludeErrorDetail = false,
    }.ConnectionString;

    /// <summary>
    /// Orleans opens its connections by name, from a pool that outlives the silo in its process: what is last to stop empties it.
    /// </summary>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(ClusterPool), ServiceLifecycleStage.First, _ => Task.CompletedTask, _ => Empty());

    private Task Empty()
    {
        using var any = new NpgsqlConnection(ConnectionString);
        NpgsqlConnection.ClearPool(any);
        return Task.CompletedTask;
    }
}
