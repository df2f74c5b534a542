using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.InProcess;

/// <summary>Fires what the reminder store holds.</summary>
internal sealed class Reminders(Engine engine)
{
    private readonly ConcurrentDictionary<(GrainId, string), Reminder> _armed = new();

    private IReminderStore Store => engine.Services.GetService<IReminderStore>()
        ?? throw new InvalidOperationException($"The reminder service has not been configured: no {nameof(IReminderStore)} is registered.");

    public async Task Start(CancellationToken cancellation)
    {
        if (engine.Services.GetService<IReminderStore>() is not { } store) return;
        foreach (var reminder in await store.ReadAll(cancellation)) Arm(reminder);
    }

    public void Stop()
    {
        foreach (var reminder in _armed.Values) reminder.Dispose();
        _armed.Clear();
    }

    public async Task<IGrainReminder> Register(GrainId grain, string name, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(dueTime), "Cannot use negative dueTime to create a reminder");
        if (period < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(period), "Cannot use negative period to create a reminder");
        if (period < engine.Options.MinimumReminderPeriod)
            throw new ArgumentException($"Cannot register reminder {name} as requested period ({period}) is less than minimum allowed reminder period ({engine.Options.MinimumReminderPeriod})");
        var reminder = new StoredReminder(grain, name, engine.Clock.GetUtcNow() + dueTime, period, "");
        reminder = reminder with { Etag = await Store.Upsert(reminder) };
        Arm(reminder);
        return new Handle(reminder);
    }

    public async Task Unregister(IGrainReminder reminder)
    {
        var (grain, name, etag) = reminder is Handle { Stored: var stored } ? (stored.Grain, stored.Name, stored.Etag)
            : throw new ArgumentException("This reminder did not come from this engine.", nameof(reminder));
        if (!await Store.Remove(grain, name, etag) && await Find(grain, name) is not null)
            throw new ReminderException($"Could not unregister reminder {name} of {grain}: it was updated since. You can retry with the current one.");
        if (_armed.TryRemove((grain, name), out var armed)) armed.Dispose();
    }

    public async Task<IGrainReminder?> Find(GrainId grain, string name) => (await List(grain)).Find(reminder => reminder.ReminderName == name);

    public async Task<List<IGrainReminder>> List(GrainId grain) => [.. (await Store.ReadOf(grain)).Select(stored => new Handle(stored))];

    private void Arm(StoredReminder stored)
    {
        var armed = new Reminder(engine, stored);
        _armed.AddOrUpdate((stored.Grain, stored.Name), armed, (_, former) =>
        {
            former.Dispose();
            return armed;
        });
        armed.ArmNext();
    }

    private sealed record Handle(StoredReminder Stored) : IGrainReminder
    {
        public string ReminderName => Stored.Name;
    }
}
