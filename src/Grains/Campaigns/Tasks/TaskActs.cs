using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;

namespace LStep.Grains.Campaigns.Tasks;

/// <param name="Task">As it stands now; null where there is none.</param>
/// <param name="Done">False where somebody had completed it before.</param>
public readonly record struct TaskActedOn(HumanTask? Task, bool Done);

/// <summary>What people do with tasks, with who did it in the same commit.</summary>
public sealed class TaskActs(PostgresDatabase database, TimeProvider clock)
{
    public Task<TaskActedOn> Complete(long id, string? note, Person by, CancellationToken cancel) => Act(
        id, "task.completed", by,
        before => before with
        {
            CompletedAt = clock.Now(), CompletedBy = by.Name, Note = string.IsNullOrWhiteSpace(note) ? before.Note : note,
        },
        (connection, after) => connection.Execute(
            "task_complete", cancel, id, Db.Instant(after.CompletedAt), Db.Text(after.CompletedBy), Db.Text(after.Note)), cancel);

    public Task<TaskActedOn> Assign(long id, string assignee, Person by, CancellationToken cancel) => Act(
        id, "task.assigned", by, before => before with { Assignee = assignee },
        (connection, after) => connection.Execute("task_assign", cancel, id, after.Assignee), cancel);

    private Task<TaskActedOn> Act(
        long id, string what, Person by, Func<HumanTask, HumanTask> change, Func<NpgsqlConnection, HumanTask, Task> write,
        CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var found = await connection.Rows("task_lock", HumanTask.Read, cancel, id);
            if (found is not [{ CompletedAt: null } before]) return new TaskActedOn(found.FirstOrDefault(), false);
            var after = change(before);
            if (after == before) return new TaskActedOn(before, true);
            await write(connection, after);
            await connection.Write(new AuditEntry(by, what, id.ToString(), Said(before), Said(after), after.Note), cancel);
            return new TaskActedOn(after, true);
        }, cancel);

    /// <summary>An erasure finds by the customer's id what was said of it.</summary>
    private static object Said(HumanTask task) => new { task.CustomerId, task.Task, task.Assignee, task.CompletedBy };
}
