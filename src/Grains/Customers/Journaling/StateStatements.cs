using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class StateInserts : ArrayStatement
{
    private readonly List<string?> customer, tag;
    private readonly List<short> shard;
    private readonly List<long> version;
    private readonly List<DateTimeOffset?> tagSince, nextCheck;
    private readonly List<byte[]> state, recent;

    public StateInserts() : base("commit_states_insert")
    {
        (customer, shard, version, tag) = (Texts(), Column<short>(NpgsqlDbType.Smallint), Column<long>(NpgsqlDbType.Bigint), Texts());
        (tagSince, nextCheck, state, recent) = (
            Instants(), Instants(), Column<byte[]>(NpgsqlDbType.Bytea), Column<byte[]>(NpgsqlDbType.Bytea));
        RowCount();
    }

    public void Add(PendingStep pending)
    {
        var after = pending.Step.After;
        customer.Add(after.CustomerId);
        shard.Add(Shards.Of(after.CustomerId));
        version.Add(after.Version);
        tag.Add(after.Tag.Code());
        tagSince.Add(after.TagSince);
        nextCheck.Add(pending.Step.NextCheckAt);
        state.Add(pending.After.State);
        recent.Add(pending.After.Recent);
    }
}

/// <summary>
/// That nobody who is new was erased. A statement behind the insert, so that it sees an erasure which the insert waited for.
/// </summary>
internal sealed class NotErased : ArrayStatement
{
    private readonly List<byte[]> hash;

    public NotErased() : base("commit_states_erased") => hash = Column<byte[]>(NpgsqlDbType.Bytea);

    public void Add(byte[] tombstone) => hash.Add(tombstone);
}

internal sealed class StateUpdates : ArrayStatement
{
    private readonly List<string?> customer, tag;
    private readonly List<long> expected, version;
    private readonly List<DateTimeOffset?> tagSince, nextCheck;
    private readonly List<byte[]> state, recent;
    private readonly List<bool> timeDriven;

    public StateUpdates() : base("commit_states_update")
    {
        (customer, expected, version, tag) = (Texts(), Column<long>(NpgsqlDbType.Bigint), Column<long>(NpgsqlDbType.Bigint), Texts());
        (tagSince, nextCheck, state, recent) = (
            Instants(), Instants(), Column<byte[]>(NpgsqlDbType.Bytea), Column<byte[]>(NpgsqlDbType.Bytea));
        timeDriven = Booleans();
        RowCount();
    }

    public void Add(PendingStep pending)
    {
        var after = pending.Step.After;
        customer.Add(after.CustomerId);
        expected.Add(pending.Expected);
        version.Add(after.Version);
        tag.Add(after.Tag.Code());
        tagSince.Add(after.TagSince);
        nextCheck.Add(pending.Step.NextCheckAt);
        state.Add(pending.After.State);
        recent.Add(pending.After.Recent);
        timeDriven.Add(pending.Kind == CommitKind.TimeDriven);
    }
}
