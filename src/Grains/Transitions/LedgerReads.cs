using LStep.Grains.Database;

namespace LStep.Grains.Transitions;

/// <summary>The ledger, page by page.</summary>
public sealed class LedgerReads(PostgresDatabase database)
{
    /// <summary>In commit order.</summary>
    public Task<List<LedgerRow>> Ledger(long after, int rowsMax, CancellationToken cancel) =>
        database.People.Use(connection => connection.Rows("ledger_page", LedgerRow.Read, cancel, after, rowsMax), cancel);

    public async Task<LedgerRow?> One(long id, CancellationToken cancel) =>
        (await database.People.Use(connection => connection.Rows("ledger_row_of_id", LedgerRow.Read, cancel, id), cancel))
            .SingleOrDefault();

    /// <summary>The same for the live feed.</summary>
    public Task<List<LedgerRow>> LedgerForFeed(long after, int rowsMax, CancellationToken cancel) =>
        database.Hub.Use(connection => connection.Rows("ledger_page", LedgerRow.Read, cancel, after, rowsMax), cancel);

    /// <summary>Newest first, below an id.</summary>
    public Task<List<LedgerRow>> LedgerBackward(long below, int rowsMax, CancellationToken cancel) =>
        database.People.Use(connection => connection.Rows("ledger_backward", LedgerRow.Read, cancel, below, rowsMax), cancel);

    /// <summary>Those of a customer, newest first.</summary>
    public Task<List<LedgerRow>> OfCustomer(string id, int rowsMax, CancellationToken cancel) =>
        database.People.Use(connection => connection.Rows("ledger_of_customer", LedgerRow.Read, cancel, id, rowsMax), cancel);
}
