using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.People;

/// <summary>What somebody keeps of a list.</summary>
/// <param name="Owner">What the person was called when it was saved.</param>
/// <param name="Filter">The query string of the page.</param>
/// <param name="IsShared">Everybody sees it.</param>
public sealed record SavedView(
    string Name, string Owner, bool IsOwn, string Filter, string[] Columns, bool IsShared, DateTimeOffset SavedAt);

/// <summary>What saving came to; a closed set.</summary>
public enum ViewRefusal { TooMany, TooManyShared, NameTaken }

/// <summary>Views of lists, by person. What others see is in the audit log.</summary>
public sealed class SavedViews(PostgresDatabase database)
{
    public const int PerPersonMax = 100;
    public const int SharedMax = 500;

    private const long LockKey = 5020260027;

    /// <summary>The person's own and those that others share, by name.</summary>
    public Task<List<SavedView>> SeenBy(Key person, CancellationToken cancel) =>
        database.People.Use(connection => connection.Rows("views_seen", Read, cancel, person.Id), cancel);

    /// <summary>The person's own of that name, else the shared one; null when there is neither.</summary>
    public async Task<SavedView?> Seen(Key person, string name, CancellationToken cancel) =>
        (await database.People.Use(connection => connection.Rows("view_seen", Read, cancel, person.Id, name), cancel)).SingleOrDefault();

    /// <summary>Saves it in place of the person's own of that name.</summary>
    public Task<(SavedView? Saved, ViewRefusal? Refusal)> Save(
        Key person, string name, string filter, string[] columns, bool shared, CancellationToken cancel) =>
        database.Alone(LockKey, together => together.Use<(SavedView?, ViewRefusal?)>(async connection =>
        {
            var (own, others, taken) = (await connection.Rows(
                "view_counts", row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancel, person.Id, name))[0];
            if (own >= PerPersonMax) return (null, ViewRefusal.TooMany);
            if (shared && taken > 0) return (null, ViewRefusal.NameTaken);
            if (shared && others >= SharedMax) return (null, ViewRefusal.TooManyShared);
            var before = (await connection.Rows("view_seen", Read, cancel, person.Id, name)).Find(view => view.IsOwn);
            var at = (await connection.Rows(
                "view_save", row => row.Instant(0), cancel, person.Id, name, person.Name, filter, columns, shared))[0];
            if (shared || before?.IsShared == true)
                await connection.Write(
                    new AuditEntry(
                        person.Person, "view.shared", name, Told(before), new { filter, columns, shared }), cancel);
            return (new SavedView(name, person.Name, true, filter, columns, shared, at), null);
        }, cancel), cancel);

    /// <summary>The person's own; of an admin else the shared one. False when there is none.</summary>
    public Task<bool> Delete(Key person, string name, CancellationToken cancel) =>
        database.Alone(LockKey, together => together.Use(async connection =>
        {
            if (await connection.Rows("view_delete", Read, cancel, person.Id, name, person.Role == Role.Admin) is not [var gone])
                return false;
            if (gone.IsShared) await connection.Write(new AuditEntry(person.Person, "view.deleted", name, Told(gone)), cancel);
            return true;
        }, cancel), cancel);

    private static object? Told(SavedView? view) => view is { IsShared: true }
        ? new { owner = view.Owner, filter = view.Filter, columns = view.Columns, shared = true } : null;

    private static SavedView Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), row.GetFieldValue<string[]>(4), row.GetBoolean(5),
        row.Instant(6));
}
