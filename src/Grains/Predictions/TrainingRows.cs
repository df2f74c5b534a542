using System.Diagnostics;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Domain.Predicting;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Predictions;

/// <summary>Rows that were made of logs.</summary>
/// <param name="IsCut">There were more customers, or more rows, than are read.</param>
internal sealed record ReadRows(List<TrainingRow> Rows, int Customers, bool IsCut);

/// <summary>
/// Makes rows of the logs of some customers, a few logs in memory at a time. What was imported counts as received when it happened: else an
/// installation that brings its history along would have none.
/// </summary>
/// <param name="restPerRead">
/// How many times as long as a read took it rests before the next: PostgreSQL answers at its own priority, whoever asks.
/// </param>
internal sealed class TrainingRows(PostgresDatabase database, int restPerRead)
{
    /// <param name="seed">Chooses whom, where there are more than are read.</param>
    /// <param name="told">Customers that are read, of how many, and rows so far.</param>
    public async Task<ReadRows> Read(
        long seed, BusinessCalendar calendar, DateTimeOffset until, Action<int, int, int> told, CancellationToken cancel)
    {
        var ids = await database.InBackground(
            connection => connection.Rows(
                "training_sample", row => row.GetString(0), cancel, seed, PredictionLimits.CustomersPerTrainingMax + 1),
            cancel);
        var isCut = ids.Count > PredictionLimits.CustomersPerTrainingMax;
        if (isCut) ids.RemoveAt(ids.Count - 1);
        var (rows, customers) = (new List<TrainingRow>(), 0);
        foreach (var some in ids.Chunk(PredictionLimits.CustomersPerReadMax))
        {
            var began = Stopwatch.GetTimestamp();
            await database.InBackground(connection => Read(connection, some, rows, calendar, until, cancel), cancel);
            await Task.Delay(restPerRead * Stopwatch.GetElapsedTime(began), cancel);
            customers += some.Length;
            told(customers, ids.Count, rows.Count);
            if (rows.Count >= PredictionLimits.RowsPerTrainingMax) break;
        }
        if (rows.Count > PredictionLimits.RowsPerTrainingMax)
            rows.RemoveRange(PredictionLimits.RowsPerTrainingMax, rows.Count - PredictionLimits.RowsPerTrainingMax);
        return new ReadRows(rows, customers, isCut || customers < ids.Count);
    }

    private static async Task Read(
        NpgsqlConnection connection, string[] ids, List<TrainingRow> rows, BusinessCalendar calendar, DateTimeOffset until,
        CancellationToken cancel)
    {
        var (logs, log, customer, held) = (new List<Log>(), new List<Activity>(), "", 0);
        void Flush()
        {
            rows.AddRange(logs.SelectMany(one => Of(one, calendar, until)));
            logs.Clear();
            held = 0;
        }
        void End()
        {
            if (log.Count is > 0 and <= PredictionLimits.ActivitiesPerCustomerMax) logs.Add(new Log(customer, log));
            log = [];
        }
        await foreach (var turn in LogTurn.Until(connection, ids, until, cancel))
        {
            if (turn.CustomerId != customer)
            {
                End();
                customer = turn.CustomerId;
                if (held > PredictionLimits.ActivitiesInMemoryMax) Flush();
            }
            held += turn.Activities.Count;
            if (log.Count <= PredictionLimits.ActivitiesPerCustomerMax) log.AddRange(turn.Activities);
        }
        End();
        Flush();
    }

    private static List<TrainingRow> Of(Log log, BusinessCalendar calendar, DateTimeOffset until)
    {
        IReadOnlyList<Activity> activities = log.Activities;
        if (log.Activities.Exists(activity => activity.Origin == ActivityOrigin.Import))
            activities = [.. log.Activities.Select(AsItHappened).OrderBy(activity => activity.ReceivedAt)];
        return LearnerRows.Of(log.CustomerId, activities, calendar, until);
    }

    private static Activity AsItHappened(Activity activity) =>
        activity.Origin == ActivityOrigin.Import ? activity with { ReceivedAt = activity.OccurredAt } : activity;

    private sealed record Log(string CustomerId, List<Activity> Activities);
}
