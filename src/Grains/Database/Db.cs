using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Database;

/// <summary>Typed parameters for values that may be null: PostgreSQL cannot guess the type of a null.</summary>
internal static class Db
{
    public static NpgsqlParameter Text(string? value) => Of(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Instant(DateTimeOffset? value) => Of(NpgsqlDbType.TimestampTz, value);

    public static NpgsqlParameter Day(DateOnly? value) => Of(NpgsqlDbType.Date, value);

    public static NpgsqlParameter Long(long? value) => Of(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter Integer(int? value) => Of(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => Of(NpgsqlDbType.Array | NpgsqlDbType.Text, values.ToArray());

    public static NpgsqlParameter Instants(IEnumerable<DateTimeOffset> values) =>
        Of(NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, values.ToArray());

    public static NpgsqlParameter Instants(IEnumerable<DateTimeOffset?> values) =>
        new NpgsqlParameter<DateTimeOffset?[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, TypedValue = [.. values] };

    public static NpgsqlParameter TransactionId(ulong? value) => Of(NpgsqlDbType.Xid8, value);

    private static NpgsqlParameter Of(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
