using LStep.Domain;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Customers;

/// <summary>A null field lets every customer pass. Search is a part of id, email or name.</summary>
public sealed record CustomerFilter(StatusTag? Tag = null, string? Tier = null, string? Search = null);

public sealed record DecisionRow(string CustomerId, int Number, DateTimeOffset At, string Record);

/// <summary>What the API reads about customers beside what their grains know.</summary>
public sealed class CustomerReads(PostgresDatabase database)
{
    /// <summary>
    /// Customers with an id after another, in the order of ids; fewer than there are where their bytes pass
    /// <see cref="CustomerLimits.BytesPerListPageMax"/>.
    /// </summary>
    /// <param name="scans">The caller reads many such pages, as a report does.</param>
    public Task<List<StoredCustomer>> Page(string after, CustomerFilter filter, int rowsMax, bool scans, CancellationToken cancel)
    {
        object[] values = [after, Db.Text(filter.Tier), Db.Text(filter.Search is { } text ? $"%{Literally(text)}%" : null), rowsMax,
            CustomerLimits.BytesPerCustomerMax, CustomerLimits.BytesPerListPageMax];
        var pool = scans || filter.Search is not null ? database.Reports : database.People;
        return pool.Use(
            connection => filter.Tag is { } tag
                ? connection.Rows("customers_page_of_tag", StoredCustomer.Read, cancel, [.. values, tag.Code()])
                : connection.Rows("customers_page", StoredCustomer.Read, cancel, values),
            cancel);
    }

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

    private static string Literally(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");
}
