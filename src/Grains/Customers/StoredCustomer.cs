using LStep.Domain;
using LStep.Domain.Packing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>A customer as the tables hold it. NextCheckAt is what is stored: a lower bound of the true next check.</summary>
public sealed record StoredCustomer(CustomerState State, DateTimeOffset? NextCheckAt, DateTimeOffset CreatedAt)
{
    public string Id => State.CustomerId;

    /// <summary>Reads the columns that every query for whole customers selects, in this order.</summary>
    internal static StoredCustomer Read(NpgsqlDataReader row)
    {
        var recent = StatePacking.UnpackRecent(row.GetFieldValue<byte[]>(3));
        var state = StatePacking.Unpack(row.GetFieldValue<byte[]>(2), row.GetString(0), row.GetInt64(1), StoredProfile.Read(row, 6), recent);
        return new StoredCustomer(state, row.InstantOrNull(4), row.Instant(5));
    }
}
