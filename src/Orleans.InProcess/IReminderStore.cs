using Orleans.Runtime;

namespace Orleans.InProcess;

public sealed record StoredReminder(GrainId Grain, string Name, DateTimeOffset FirstDue, TimeSpan Period, string Etag);

/// <summary>Where reminders live. One process fires them: it reads all as it starts and knows of every change, since it makes them.</summary>
public interface IReminderStore
{
    Task<IReadOnlyList<StoredReminder>> ReadAll(CancellationToken cancellation);

    Task<IReadOnlyList<StoredReminder>> ReadOf(GrainId grain);

    /// <summary>Adds or replaces by (grain, name), whatever its etag, and returns the new etag.</summary>
    Task<string> Upsert(StoredReminder reminder);

    /// <summary>False when a reminder with this name but another etag is stored, or none.</summary>
    Task<bool> Remove(GrainId grain, string name, string etag);
}
