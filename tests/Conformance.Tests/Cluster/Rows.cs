using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Storage;

namespace LStep.Conformance;

// Orleans' own stores in memory live in grains and end with their silo; these outlive it, as tables do.

internal sealed class ReminderRows : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId, string), ReminderEntry> _rows = new();
    private long _version;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Rows(row => row.GrainId == grainId);

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Rows(row =>
    {
        var hash = row.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    });

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(_rows.GetValueOrDefault((grainId, reminderName)));

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        var etag = $"{Interlocked.Increment(ref _version)}";
        _rows[(entry.GrainId, entry.ReminderName)] = new()
        {
            GrainId = entry.GrainId, ReminderName = entry.ReminderName, StartAt = entry.StartAt, Period = entry.Period, ETag = etag,
        };
        return Task.FromResult<string?>(etag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Task.FromResult(
        _rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag && _rows.TryRemove(new((grainId, reminderName), row)));

    public Task TestOnlyClearTable() => throw new NotSupportedException();

    private Task<ReminderTableData> Rows(Func<ReminderEntry, bool> those) => Task.FromResult(new ReminderTableData(_rows.Values.Where(those)));
}

internal sealed class StateRows : IGrainStorage
{
    private readonly Dictionary<(GrainId, string), (string Json, string Etag)> _rows = [];
    private long _version;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        lock (_rows)
        {
            grainState.RecordExists = _rows.TryGetValue((grainId, stateName), out var row);
            grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(row.Json) : Activator.CreateInstance<T>();
            grainState.ETag = row.Etag;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        lock (_rows)
        {
            Expect(grainId, stateName, grainState.ETag);
            grainState.ETag = Write(grainId, stateName, grainState.State!);
            grainState.RecordExists = true;
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        lock (_rows)
        {
            Expect(grainId, stateName, grainState.ETag);
            _rows.Remove((grainId, stateName));
            (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
        }
    }

    public void Overwrite(GrainId grain, string name, object state)
    {
        lock (_rows) Write(grain, name, state);
    }

    private string Write(GrainId grain, string name, object state)
    {
        var etag = $"{++_version}";
        _rows[(grain, name)] = (JsonSerializer.Serialize(state, state.GetType()), etag);
        return etag;
    }

    private void Expect(GrainId grain, string name, string? etag)
    {
        var stored = _rows.TryGetValue((grain, name), out var row) ? row.Etag : null;
        if (stored != etag) throw new InconsistentStateException($"State '{name}' of {grain} was written by someone else.", stored, etag);
    }
}
