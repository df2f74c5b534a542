using LStep.Domain.Measuring;
using LStep.Domain.Valuing;
using LStep.Grains.Database;
using LStep.Grains.Rules;

namespace LStep.Grains.Analytics.Value;

/// <param name="Day">The business day on which it was fitted, by what was paid before.</param>
public sealed record FittedModel(DateOnly Day, ValueModel Model);

/// <summary>What one customer is expected to pay, by the model in force and by its own payments as of now.</summary>
public sealed class ValueModels(PostgresDatabase database, RulebookSource rulebook, TimeProvider clock)
{
    private volatile Known? known;

    private sealed record Known(FittedModel? Model, long Since);

    /// <returns>Null for whoever has never paid, and while too few have for anything to be told.</returns>
    public Task<ProjectedValue?> Of(string customerId, string? tier, CancellationToken cancel) => database.People.Use(
        async connection =>
        {
            if (known is not { } latest || clock.GetElapsedTime(latest.Since).TotalSeconds > ValueLimits.ModelKnownForSeconds)
                known = latest = new Known(await connection.LatestModel(cancel), clock.GetTimestamp());
            if (latest.Model is not { } fitted || fitted.Model.Payers < ValueLimits.PayersMin) return null;
            var calendar = rulebook.Current.Calendar;
            var paid = await connection.Rows(
                "value_payments_of", row => new PaidDay(row.GetFieldValue<DateOnly>(0).DayNumber, row.GetDouble(1)), cancel, customerId,
                calendar.Zone.Id, PaymentSums.PaidDaysMax);
            paid.Reverse();
            return Projection.Of(fitted.Model, Tiers.Parse(tier), paid, calendar.DayOf(clock.Now()).DayNumber);
        }, cancel);
}
