using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Valuing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Analytics.Value;

/// <summary>Somebody who has paid, as a page of them is read.</summary>
internal readonly record struct PayerRow(string Id, StatusTag Tag, string Tier, PaidDay[] Paid);

/// <summary>How models and payments are stored.</summary>
internal static class ValueRows
{
    /// <returns>Null before the first fit, and where another version of the product wrote it.</returns>
    public static async Task<FittedModel?> LatestModel(this NpgsqlConnection connection, CancellationToken cancel)
    {
        var latest = await connection.Rows(
            "value_model_latest", row => (Day: row.GetFieldValue<DateOnly>(0), Model: ValueModel.Read(row.GetString(2))), cancel);
        return latest is [{ Model: { } model } one] ? new FittedModel(one.Day, model) : null;
    }

    /// <summary>Everybody who has paid up to a day, a page at a time.</summary>
    public static async Task EachPayer(
        this NpgsqlConnection connection, string zone, DateOnly upTo, Action<PayerRow> each, CancellationToken cancel)
    {
        for (var after = ""; ;)
        {
            var page = await connection.Rows(
                "value_payers",
                row => new PayerRow(row.GetString(0), StatusTags.Parse(row.GetString(1)), row.GetString(2), Paid(row)), cancel, after,
                ValueLimits.PayersPerPageMax, zone, PaymentSums.PaidDaysMax, upTo);
            foreach (var payer in page)
                if (payer.Paid.Length > 0)
                    each(payer);
            if (page.Count == 0) break;
            after = page[^1].Id;
        }
    }

    public static Tier? TierOf(string written) => Tiers.Parse(written);

    private static PaidDay[] Paid(NpgsqlDataReader row)
    {
        if (row.IsDBNull(3)) return [];
        var (days, amounts) = (row.GetFieldValue<DateOnly[]>(3), row.GetFieldValue<double[]>(4));
        return [.. days.Select((day, i) => new PaidDay(day.DayNumber, amounts[i]))];
    }
}
