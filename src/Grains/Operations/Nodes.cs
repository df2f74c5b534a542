using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Operations;

/// <param name="IsLost">It has not reported for so long that it must have died.</param>
/// <param name="Load">Null when it says nothing of it, as the version before does.</param>
public sealed record Node(
    string Name, string Address, string Version, string Phase, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool IsLost,
    NodeLoad? Load = null);

/// <summary>The processes on this database, as they say themselves. For people to look at: nothing is decided by it.</summary>
public sealed class Nodes(PostgresDatabase database)
{
    public const int BeatSeconds = 4;

    /// <summary>Three beats missed and a little.</summary>
    public const int LostAfterSeconds = 15;

    public Task Beat(Node node, CancellationToken cancel) =>
        database.Use(
        c => c.Execute(
            "node_beat", cancel, node.Name, node.Address, node.Version, node.Phase, node.StartedAt, Db.Text(node.Load?.Write())), cancel);

    public Task Leave(string name, CancellationToken cancel) => database.Use(c => c.Execute("node_leave", cancel, name), cancel);

    public Task Purge(CancellationToken cancel) => database.Use(c => c.Execute("nodes_purge", cancel), cancel);

    public Task<List<Node>> All(CancellationToken cancel) => database.Use(c => c.Rows("nodes_all", row =>
        Read(row, null), cancel, (double)LostAfterSeconds), cancel);

    /// <summary>With what each last said of its load.</summary>
    public Task<List<Node>> Loads(CancellationToken cancel) => database.People.Use(c => c.Rows("node_loads", row =>
        Read(row, NodeLoad.Read(row.TextOrNull(7))), cancel, (double)LostAfterSeconds), cancel);

    private static Node Read(NpgsqlDataReader row, NodeLoad? load) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Instant(4), row.Instant(5), row.GetBoolean(6), load);
}
