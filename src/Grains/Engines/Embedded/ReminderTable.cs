using Npgsql;
using Orleans.InProcess;
using Orleans.Runtime;

namespace LStep.Grains.Storage;

/// <summary>Reminders of the embedded engine; Microsoft Orleans has tables of its own.</summary>
public sealed class ReminderTable(Database database) : IReminderStore
{
    public async Task<IReadOnlyList<StoredReminder>> ReadAll(CancellationToken cancellation) =>
        await database.Use(c => c.Rows("reminders_all", Read, cancellation, Db.Text(null), Db.Text(null)), cancellation);

    public async Task<IReadOnlyList<StoredReminder>> ReadOf(GrainId grain) =>
        await database.Use(c => c.Rows("reminders_all", Read, default, grain.Type.ToString(), grain.Key.ToString()));

    public async Task<string> Upsert(StoredReminder reminder)
    {
        var etag = Ids.Fresh.Next("reminder");
        await database.Use(c => c.Execute(
            "reminder_upsert", default, reminder.Grain.Type.ToString(), reminder.Grain.Key.ToString(), reminder.Name,
            reminder.FirstDue, (long)reminder.Period.TotalMilliseconds, etag));
        return etag;
    }

    public Task<bool> Remove(GrainId grain, string name, string etag) =>
        database.Use(async c => await c.Execute("reminder_remove", default, grain.Type.ToString(), grain.Key.ToString(), name, etag) == 1);

    private static StoredReminder Read(NpgsqlDataReader row) => new(
        GrainId.Create(row.GetString(0), row.GetString(1)), row.GetString(2), row.Instant(3), TimeSpan.FromMilliseconds(row.GetInt64(4)), row.GetString(5));
}
