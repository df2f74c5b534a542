using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Packing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>
/// A customer as the tables hold it. One whose packed columns cannot be read still has its plain ones: whoever reads many steps over it,
/// and it keeps nobody else from being read.
/// </summary>
public sealed class StoredCustomer
{
    private readonly CustomerState? state;
    private readonly string trouble = "";

    public StoredCustomer(CustomerState state, DateTimeOffset? nextCheckAt, DateTimeOffset createdAt)
        : this(state.CustomerId, state.Version, nextCheckAt, createdAt) => this.state = state;

    private StoredCustomer(string id, long version, DateTimeOffset? nextCheckAt, DateTimeOffset createdAt) =>
        (Id, Version, NextCheckAt, CreatedAt) = (id, version, nextCheckAt, createdAt);

    private StoredCustomer(NpgsqlDataReader row, string trouble)
        : this(row.GetString(0), row.GetInt64(1), row.InstantOrNull(4), row.Instant(5)) =>
        this.trouble = trouble;

    public string Id { get; }

    public long Version { get; }

    /// <summary>What is stored: a lower bound of the true next check.</summary>
    public DateTimeOffset? NextCheckAt { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Of its packed columns and texts in the tables; 0 where it did not come from there.</summary>
    public long Bytes { get; private init; }

    public bool IsReadable => state is not null;

    /// <exception cref="UnreadableCustomerException">The row cannot be understood.</exception>
    public CustomerState State => state ?? throw new UnreadableCustomerException(trouble);

    /// <summary>Whether their bytes ended a page: others may come after it, though it has fewer rows than it might.</summary>
    public static bool Fill(IEnumerable<StoredCustomer> page, long bytesMax) => page.Sum(customer => customer.Bytes) >= bytesMax;

    /// <summary>
    /// Reads the columns that every query for whole customers selects, in this order: customer_id, version, state, recent_ids,
    /// next_check_at, created_at, then those of <see cref="StoredProfile"/>, and last of all bytes; packed columns that are too large are
    /// null. Throws for no content that the packed columns may have.
    /// </summary>
    internal static StoredCustomer Read(NpgsqlDataReader row) => Read(row, ofFormerFormats: false);

    /// <summary>For <see cref="Recounting"/> alone: the numbers of a former format mean something else.</summary>
    internal static StoredCustomer ReadFormer(NpgsqlDataReader row) => Read(row, ofFormerFormats: true);

    private static StoredCustomer Read(NpgsqlDataReader row, bool ofFormerFormats)
    {
        var bytes = row.GetInt64(row.FieldCount - 1);
        if (row.IsDBNull(2))
            return new StoredCustomer(
                row, $"Its row has {bytes / 1024} KB; of more than {CustomerLimits.BytesPerCustomerMax / 1024} KB none is read.");
        try
        {
            var packed = row.GetFieldValue<byte[]>(2);
            if (!ofFormerFormats && packed is [var format, ..] && format < StatePacking.StateFormat)
                throw new InvalidDataException("It is stored as a version before counted it, and was not counted anew at the start.");
            var recent = StatePacking.UnpackRecent(row.GetFieldValue<byte[]>(3));
            var state = StatePacking.Unpack(packed, row.GetString(0), row.GetInt64(1), StoredProfile.Read(row, 6), recent);
            return new StoredCustomer(state, row.InstantOrNull(4), row.Instant(5)) { Bytes = bytes };
        }
        catch (Exception e) when (
            e is InvalidDataException or JsonException or ArgumentException or InvalidOperationException
                or InvalidCastException or OverflowException)
        {
            return new StoredCustomer(row, e.Message);
        }
    }
}
