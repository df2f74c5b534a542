using LStep.Domain;
using LStep.Grains.Database;

namespace LStep.Grains.Customers;

public sealed record DecisionRow(string CustomerId, int Number, DateTimeOffset At, string Record);

/// <summary>What the API reads about customers beside what their grains know.</summary>
public sealed class CustomerReads(PostgresDatabase database)
{
    /// <summary>
    /// Customers of a tag, of a tier, or all, with an id after another, in the order of ids; fewer than there are where their bytes pass
    /// <see cref="CustomerLimits.BytesPerListPageMax"/>.
    /// </summary>
    public Task<List<StoredCustomer>> Page(string after, CustomerFilter filter, int rowsMax, CancellationToken cancel)
    {
        object[] values = [after, Db.Text(filter.Tier), rowsMax, CustomerLimits.BytesPerCustomerMax, CustomerLimits.BytesPerListPageMax];
        return database.People.Use(
            connection => filter.Tag is { } tag
                ? connection.Rows("customers_page_of_tag", StoredCustomer.Read, cancel, [.. values, tag.Code()])
                : connection.Rows("customers_page", StoredCustomer.Read, cancel, values),
            cancel);
    }

    /// <summary>Who may fit behind a place, by the figures, which trail the states: what is listed has to be looked at.</summary>
    /// <param name="rowsMax">0 to be told the total only.</param>
    /// <param name="total">As told before; null to have it counted.</param>
    public Task<FittingCustomers> Fitting(
        CustomerFilter filter, CustomerOrder order, CustomerPlace? after, int rowsMax, long? total, BusinessCalendar calendar,
        CancellationToken cancel) =>
        (filter.IsOfColumns && order.By == CustomerOrder.Id ? database.People : database.Reports).Use(
            async connection => (await connection.Rows(
                "customers_fit",
                row => new FittingCustomers(
                    row.IsDBNull(0) ? [] : [.. row.GetFieldValue<string[]>(1).Zip(
                        row.GetFieldValue<string[]>(0), (key, id) => new CustomerPlace(key, id))],
                    row.GetInt64(2)),
                cancel, Db.Text(filter.Json(calendar)), Db.Text(Pattern(filter)), Db.Text(filter.Search), order.By, order.Falls,
                Db.Text(after?.Key), Db.Text(after?.Id), rowsMax, Db.Long(total)))[0],
            cancel);

    /// <summary>
    /// Those of the customers whom a search finds, with their places among the ids, in the order of these; fewer than there are where their
    /// bytes pass <see cref="CustomerLimits.BytesPerListPageMax"/>.
    /// </summary>
    public Task<List<(StoredCustomer Customer, int Place)>> Listed(
        IEnumerable<string> ids, CustomerFilter filter, CancellationToken cancel) =>
        database.People.Use(
            connection => connection.Rows(
                "customers_listed", row => (StoredCustomer.Read(row), (int)row.GetInt64(19) - 1), cancel, Db.Texts(ids),
                Db.Text(Pattern(filter)), CustomerLimits.BytesPerCustomerMax, CustomerLimits.BytesPerListPageMax),
            cancel);

    /// <summary>
    /// Customers of a shard with an id after another, in the order of ids, without their recent message ids; fewer than there are where
    /// their bytes pass <see cref="CustomerLimits.BytesPerListPageMax"/>. A question of those that read everybody.
    /// </summary>
    public Task<List<StoredCustomer>> PageOfShard(short shard, string after, int rowsMax, CancellationToken cancel) =>
        database.Reports.Use(
            connection => connection.Rows(
                "customers_page_of_shard", StoredCustomer.Read, cancel, shard, after, rowsMax, CustomerLimits.BytesPerCustomerMax,
                CustomerLimits.BytesPerListPageMax), cancel);

    public Task<bool> Exists(string id, CancellationToken cancel) =>
        database.People.Use(connection => connection.Value<bool>("customer_exists", cancel, id), cancel);

    public Task<List<(string Id, string? Name)>> Names(string[] ids, CancellationToken cancel) => database.Use(
        connection => connection.Rows("customer_names", row => (row.GetString(0), row.TextOrNull(1)), cancel, (object)ids), cancel);

    public async Task<DecisionRow?> Decision(string id, int number, CancellationToken cancel) =>
        (await database.People.Use(
            connection => connection.Rows(
                "decision", row => new DecisionRow(id, number, row.Instant(0), row.GetString(1)), cancel, id, number), cancel))
        .SingleOrDefault();

    private static string? Pattern(CustomerFilter filter) => filter.Search is { } text ? $"%{Literally(text)}%" : null;

    private static string Literally(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
