using LStep.Grains.Database;

namespace LStep.Grains.Evaluations;

/// <summary>Evaluation batches, page by page.</summary>
public sealed class BatchReads(PostgresDatabase database)
{
    /// <summary>Newest first, before a place where one is given.</summary>
    public Task<List<BatchRow>> Page(DateTimeOffset? startedBefore, string? beforeId, int rowsMax, CancellationToken cancel) =>
        database.People.Use(
        connection => connection.Rows(
            "batches_page", BatchRow.Read, cancel, Db.Instant(startedBefore), Db.Text(beforeId), Db.Text(null), rowsMax), cancel);

    public async Task<BatchRow?> One(string id, CancellationToken cancel) =>
        (await database.People.Use(
            connection => connection.Rows("batches_page", BatchRow.Read, cancel, Db.Instant(null), Db.Text(null), Db.Text(id), 1),
            cancel)).SingleOrDefault();

    /// <summary>Who could not be evaluated, in the order of ids, behind one.</summary>
    public Task<List<BatchError>> Errors(string id, string after, int rowsMax, CancellationToken cancel) => database.People.Use(
        connection => connection.Rows("batch_errors_page", BatchError.Read, cancel, id, after, rowsMax), cancel);
}
