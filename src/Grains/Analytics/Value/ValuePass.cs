using LStep.Domain;
using LStep.Domain.Valuing;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Analytics.Value;

/// <summary>
/// Once a business day, by one process: everybody's payments up to the day before are gone through twice, for the fit and for what is
/// projected by it. Nobody's projection is kept, only sums by status and tier.
/// </summary>
internal static class ValuePass
{
    /// <summary>False where another process is at it.</summary>
    public static async Task<bool> Once(
        NpgsqlConnection connection, BusinessCalendar calendar, DateOnly today, DateTimeOffset now, CancellationToken cancel)
    {
        if (!await connection.Value<bool>("value_claim", cancel)) return false;
        if ((await connection.LatestModel(cancel))?.Day >= today) return true;
        var (zone, upTo) = (calendar.Zone.Id, today.AddDays(-1));
        var sums = new PaymentSums();
        await connection.EachPayer(zone, upTo, payer => sums.Add(ValueRows.TierOf(payer.Tier), payer.Paid, upTo.DayNumber), cancel);
        var model = sums.Fit();
        var cells = new SortedDictionary<(StatusTag Tag, string Tier), ValueSum>();
        if (model.Payers >= ValueLimits.PayersMin)
            await connection.EachPayer(zone, upTo, payer =>
            {
                if (!cells.TryGetValue((payer.Tag, payer.Tier), out var sum)) cells[(payer.Tag, payer.Tier)] = sum = new ValueSum();
                sum.Add(model, ValueRows.TierOf(payer.Tier), payer.Paid, upTo.DayNumber);
            }, cancel);
        await connection.Execute(
            "value_days_store", cancel, today, Db.Texts(cells.Keys.Select(cell => cell.Tag.Code())),
            Db.Texts(cells.Keys.Select(cell => cell.Tier)), cells.Values.Select(sum => sum.Customers).ToArray(),
            Numbers(cells.Values.Select(sum => sum.Value)), Numbers(cells.Values.Select(sum => sum.Variance)),
            Numbers(cells.Values.Select(sum => sum.Together)));
        await connection.Execute(
            "value_model_store", cancel, today, Db.Instant(now), model.Payers, Db.Text(model.Write()), ValueLimits.ModelsKept);
        return true;
    }

    private static NpgsqlParameter Numbers(IEnumerable<double> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double, Value = values.ToArray() };
}
