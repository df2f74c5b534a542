using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.InProcess;

/// <summary>States that end with the process, or with the last host that was given this instance.</summary>
public sealed class InMemoryGrainStateStore : IGrainStateStore
{
    private readonly Dictionary<(GrainId, string), StoredState> _states = [];
    private long _version;

    public Task<StoredState?> Read(GrainId grain, string name)
    {
        lock (_states) return Task.FromResult(_states.GetValueOrDefault((grain, name)));
    }

    public Task<string> Write(GrainId grain, string name, string json, string? etag)
    {
        lock (_states)
        {
            Expect(grain, name, etag);
            var written = new StoredState(json, $"{++_version}");
            _states[(grain, name)] = written;
            return Task.FromResult(written.Etag);
        }
    }

    public Task Clear(GrainId grain, string name, string? etag)
    {
        lock (_states)
        {
            Expect(grain, name, etag);
            _states.Remove((grain, name));
            return Task.CompletedTask;
        }
    }

    private void Expect(GrainId grain, string name, string? etag)
    {
        var stored = _states.GetValueOrDefault((grain, name))?.Etag;
        if (stored != etag) throw new InconsistentStateException($"State '{name}' of {grain} was written by someone else.", stored, etag);
    }
}

/// <summary>Reminders that end with the process, or with the last host that was given this instance.</summary>
public sealed class InMemoryReminderStore : IReminderStore
{
    private readonly ConcurrentDictionary<(GrainId, string), StoredReminder> _reminders = new();
    private long _version;

    public Task<IReadOnlyList<StoredReminder>> ReadAll(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<StoredReminder>>([.. _reminders.Values]);

    public Task<IReadOnlyList<StoredReminder>> ReadOf(GrainId grain) =>
        Task.FromResult<IReadOnlyList<StoredReminder>>([.. _reminders.Values.Where(reminder => reminder.Grain == grain)]);

    public Task<string> Upsert(StoredReminder reminder)
    {
        var written = reminder with { Etag = $"{Interlocked.Increment(ref _version)}" };
        _reminders[(reminder.Grain, reminder.Name)] = written;
        return Task.FromResult(written.Etag);
    }

    public Task<bool> Remove(GrainId grain, string name, string etag) =>
        Task.FromResult(_reminders.TryGetValue((grain, name), out var stored) && stored.Etag == etag && _reminders.TryRemove(new((grain, name), stored)));
}
