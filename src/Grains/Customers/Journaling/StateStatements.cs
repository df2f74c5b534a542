using LStep.Domain.Packing;
using NpgsqlTypes;

namespace LStep.Grains.Customers.Journaling;

internal sealed class StateInserts : ArrayStatement
{
    private readonly List<string?> _customer, _tag;
    private readonly List<short> _shard;
    private readonly List<long> _version;
    private readonly List<DateTimeOffset?> _tagSince, _nextCheck;
    private readonly List<byte[]> _state, _recent;

    public StateInserts() : base("commit_states_insert")
    {
        (_customer, _shard, _version, _tag) = (Texts(), Column<short>(NpgsqlDbType.Smallint), Column<long>(NpgsqlDbType.Bigint), Texts());
        (_tagSince, _nextCheck, _state, _recent) = (Instants(), Instants(), Column<byte[]>(NpgsqlDbType.Bytea), Column<byte[]>(NpgsqlDbType.Bytea));
        RowCount();
    }

    public void Add(PendingStep pending)
    {
        var after = pending.Step.After;
        _customer.Add(after.CustomerId);
        _shard.Add(Shards.Of(after.CustomerId));
        _version.Add(after.Version);
        _tag.Add(after.Tag.Code());
        _tagSince.Add(after.TagSince);
        _nextCheck.Add(pending.Step.NextCheckAt);
        _state.Add(StatePacking.Pack(after));
        _recent.Add(StatePacking.PackRecent(after.Recent));
    }
}

internal sealed class StateUpdates : ArrayStatement
{
    private readonly List<string?> _customer, _tag;
    private readonly List<long> _expected, _version;
    private readonly List<DateTimeOffset?> _tagSince, _nextCheck;
    private readonly List<byte[]> _state, _recent;
    private readonly List<bool> _timeDriven;

    public StateUpdates() : base("commit_states_update")
    {
        (_customer, _expected, _version, _tag) = (Texts(), Column<long>(NpgsqlDbType.Bigint), Column<long>(NpgsqlDbType.Bigint), Texts());
        (_tagSince, _nextCheck, _state, _recent) = (Instants(), Instants(), Column<byte[]>(NpgsqlDbType.Bytea), Column<byte[]>(NpgsqlDbType.Bytea));
        _timeDriven = Booleans();
        RowCount();
    }

    public void Add(PendingStep pending)
    {
        var after = pending.Step.After;
        _customer.Add(after.CustomerId);
        _expected.Add(pending.Expected);
        _version.Add(after.Version);
        _tag.Add(after.Tag.Code());
        _tagSince.Add(after.TagSince);
        _nextCheck.Add(pending.Step.NextCheckAt);
        _state.Add(StatePacking.Pack(after));
        _recent.Add(StatePacking.PackRecent(after.Recent));
        _timeDriven.Add(pending.Kind == CommitKind.TimeDriven);
    }
}
