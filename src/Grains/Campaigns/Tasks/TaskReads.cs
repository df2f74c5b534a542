using LStep.Grains.Database;

namespace LStep.Grains.Campaigns.Tasks;

/// <summary>Null lets every task pass.</summary>
public sealed record TaskFilter(string? Assignee = null, string? CustomerId = null);

/// <summary>Tasks, page by page.</summary>
public sealed class TaskReads(PostgresDatabase database)
{
    /// <summary>What waits, the most pressing first, after a task where one is given.</summary>
    /// <param name="after">The due instant and the id of the last one read.</param>
    public Task<List<HumanTask>> Open(TaskFilter filter, (DateTimeOffset? DueAt, long Id)? after, int rowsMax, CancellationToken cancel) =>
        database.People.Use(
            connection => connection.Rows(
                "tasks_open", HumanTask.Read, cancel, Db.Instant(after?.DueAt), Db.Long(after?.Id), Db.Text(filter.Assignee),
                Db.Text(filter.CustomerId), rowsMax), cancel);

    /// <summary>Newest first, below an id.</summary>
    public Task<List<HumanTask>> Page(TaskFilter filter, bool doneOnly, long below, int rowsMax, CancellationToken cancel) =>
        database.People.Use(
            connection => connection.Rows(
                "tasks_page", HumanTask.Read, cancel, below, doneOnly, Db.Text(filter.Assignee), Db.Text(filter.CustomerId), rowsMax),
            cancel);
}
