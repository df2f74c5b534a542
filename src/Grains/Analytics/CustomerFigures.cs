using System.Collections.Immutable;
using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Analytics;

/// <summary>What one customer adds to the figures, and for which tier and level.</summary>
/// <param name="Tier">Empty for none.</param>
/// <param name="Level">Empty until the first 28 days are over.</param>
/// <param name="StartDay">Null for a person who was erased.</param>
/// <param name="Ledger">The id of the last ledger row in it.</param>
internal sealed record CustomerFigures(
    string CustomerId, string Tier, string Level, DateOnly? StartDay, long Ledger, ImmutableArray<Contribution> Contributions)
{
    /// <summary>As the tables say it was added.</summary>
    public static CustomerFigures Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateOnly>(3), row.GetInt64(4),
        ContributionPacking.Unpack(row.GetFieldValue<byte[]>(5)));

    public static async Task<Dictionary<string, CustomerFigures>> Stored(
        NpgsqlConnection connection, string[] ids, CancellationToken cancel) =>
        (await connection.Rows("analytics_stored", Read, cancel, Db.Texts(ids))).ToDictionary(one => one.CustomerId);

    public static async Task Store(NpgsqlConnection connection, IReadOnlyCollection<CustomerFigures> figures, CancellationToken cancel)
    {
        if (figures.Count == 0) return;
        await connection.Execute(
            "analytics_customers_store", cancel, Db.Texts(figures.Select(one => one.CustomerId)), Db.Texts(figures.Select(one => one.Tier)),
            Db.Texts(figures.Select(one => one.Level)),
            new NpgsqlParameter<DateOnly?[]>
            {
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date, TypedValue = [.. figures.Select(one => one.StartDay)],
            },
            figures.Select(one => one.Ledger).ToArray(),
            figures.Select(one => ContributionPacking.Pack(one.Contributions)).ToArray());
    }
}
