using LStep.Grains.Database;

namespace LStep.Grains.Reviews;

/// <param name="Status">Null for every one, as are the others.</param>
public sealed record ReviewFilter(string? Status = null, string? Assignee = null, string? To = null);

/// <summary>Reviews, page by page.</summary>
public sealed class ReviewReads(PostgresDatabase database)
{
    /// <summary>Newest first, before a place where one is given.</summary>
    public Task<List<ReviewRecord>> Reviews(
        ReviewFilter filter, DateTimeOffset? openedBefore, Guid beforeId, int rowsMax, CancellationToken cancel)
    {
        object[] values = [Db.Instant(openedBefore), beforeId, rowsMax, Db.Text(filter.Assignee), Db.Text(filter.To)];
        return database.People.Use(
            connection => filter.Status is { } status
                ? connection.Rows("reviews_page_of_status", ReviewRecord.Read, cancel, [.. values, status])
                : connection.Rows("reviews_page", ReviewRecord.Read, cancel, values),
            cancel);
    }

    public async Task<ReviewRecord?> One(Guid id, CancellationToken cancel) =>
        (await database.People.Use(connection => connection.Rows("review_by_id", ReviewRecord.Read, cancel, id), cancel)).SingleOrDefault();

    public async Task<ReviewRecord?> OpenOf(string id, CancellationToken cancel) =>
        (await database.People.Use(connection => connection.Rows("review_open_of_customer", ReviewRecord.Read, cancel, id), cancel))
            .SingleOrDefault();
}
