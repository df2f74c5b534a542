using System.Runtime.InteropServices;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Privacy;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Predictions;

/// <summary>
/// What was said of some customers at the change of each business day, and, when the days have passed, what became of them. A seed of the
/// day chooses whom. Of several processes one takes a day.
/// </summary>
public sealed class Samples(PostgresDatabase database, Tombstones tombstones)
{
    private static readonly short[] LearnerTypes =
        [.. Enum.GetValues<ActivityType>().Where(type => type.IsLearnerActivity()).Select(type => (short)type)];

    private sealed record Sample(string CustomerId, float Probability, byte[] Features);

    /// <summary>False when the day has its samples already.</summary>
    public Task<bool> Take(BusinessCalendar calendar, LiveModel model, DateTimeOffset now, CancellationToken cancel) =>
        database.TransactionInBackground(async connection =>
        {
            var day = calendar.DayOf(now);
            if (await connection.Execute("sample_day_begin", cancel, Db.Day(day), now, model.Number) == 0) return false;
            var ids = await connection.Rows(
                "sample_customers", row => row.GetString(0), cancel, (long)day.DayNumber, PredictionLimits.CustomersPerSampleMax);
            var samples = new List<Sample>(ids.Count);
            await foreach (var page in CustomerStore.Pages(connection, ids, cancel))
                foreach (var customer in page)
                    if (Of(customer, calendar, model, now) is { } sample) samples.Add(sample);

            var erased = await tombstones.Enter(connection, [.. samples.Select(sample => sample.CustomerId)], cancel);
            samples.RemoveAll(sample => erased.Contains(sample.CustomerId));
            await connection.Execute(
                "samples_store", cancel, Db.Day(day), model.Number, Db.Texts(samples.Select(sample => sample.CustomerId)),
                samples.Select(sample => sample.Probability).ToArray(),
                new NpgsqlParameter
                {
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = samples.Select(sample => sample.Features).ToArray(),
                });
            await connection.Execute("sample_day_end", cancel, Db.Day(day), samples.Count);
            await connection.Execute("samples_forget", cancel, Db.Day(day.AddDays(-PredictionLimits.SampleDaysKept)));
            return true;
        }, cancel);

    /// <summary>
    /// Looks up what became of the samples of the earliest day that is old enough; false when there is none. One day at a time: an erasure
    /// that waits for one row of a person holds no other one that is waited for here.
    /// </summary>
    public Task<bool> Settle(DateTimeOffset now, CancellationToken cancel) => database.TransactionInBackground(async connection =>
    {
        var days = await connection.Rows(
            "outcome_days", row => (Day: row.GetFieldValue<DateOnly>(0), TakenAt: row.Instant(1)), cancel,
            now.AddDays(-Churn.HorizonDays));
        foreach (var (day, at) in days)
        {
            await connection.Execute("outcomes_store", cancel, Db.Day(day), at, at.AddDays(Churn.HorizonDays), LearnerTypes);
            await connection.Execute("outcomes_end", cancel, Db.Day(day));
        }
        return days.Count > 0;
    }, cancel);

    internal static float[] Unpacked(byte[] features) => MemoryMarshal.Cast<byte, float>(features).ToArray();

    /// <summary>Null of one who is not predicted, or whose row cannot be read.</summary>
    private static Sample? Of(StoredCustomer customer, BusinessCalendar calendar, LiveModel model, DateTimeOffset now)
    {
        CustomerState state;
        try
        {
            state = customer.State;
        }
        catch (UnreadableCustomerException)
        {
            return null;
        }
        if (!Churn.IsPredicted(state, calendar, now)) return null;
        var features = new float[Features.Count];
        Features.Of(state, calendar, now, features);
        return new Sample(state.CustomerId, (float)model.Model.Probability(features), MemoryMarshal.AsBytes(features.AsSpan()).ToArray());
    }
}
