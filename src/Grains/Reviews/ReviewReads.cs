using LStep.Grains.Database;

namespace LStep.Grains.Reviews;

/// <summary>Reviews, page by page.</summary>
public sealed class ReviewReads(PostgresDatabase database)
{
    /// <summary>Newest first, before a place where one is given.</summary>
    public Task<List<ReviewRecord>> Reviews(
        string? status, DateTimeOffset? openedBefore, Guid beforeId, int rowsMax, CancellationToken cancel)
    {
        object[] values = [Db.Instant(openedBefore), beforeId, rowsMax];
        return database.People.Use(
            connection => status is not null
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
