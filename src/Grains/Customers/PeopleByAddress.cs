using LStep.Grains.Database;

namespace LStep.Grains.Customers;

/// <summary>Whose an address is, for senders that know people by it.</summary>
public sealed class PeopleByAddress(PostgresDatabase database)
{
    /// <summary>
    /// The customers of those addresses that are known, by the address as it was asked; of several with one the one who has been here
    /// longest.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> Of(IReadOnlyCollection<string> addresses, CancellationToken cancel)
    {
        if (addresses.Count == 0) return new Dictionary<string, string>();
        var found = await database.Ingest.Use(
            connection => connection.Rows(
                "customers_of_addresses", row => (Address: row.GetString(0), Id: row.GetString(1)), cancel, Db.Texts(addresses)), cancel);
        return found.ToDictionary(one => one.Address, one => one.Id, StringComparer.Ordinal);
    }
}
