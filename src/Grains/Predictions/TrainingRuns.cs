using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Grains.Predictions;

/// <summary>Trainings as they are stored: what is asked for, how far it is, and what it came to. One is unfinished at a time.</summary>
public sealed class TrainingRuns(PostgresDatabase database, Ids ids)
{
    /// <summary>Asks for one and answers its id; null while another one is unfinished.</summary>
    public Task<string?> Request(Person by, DateTimeOffset now, CancellationToken cancel) => database.Transaction(async connection =>
    {
        var id = ids.Next("training").Replace('-', '_');
        if (await connection.Execute("training_open", cancel, id, by.Name, now, TrainingSteps.Waiting) == 0) return null;
        await connection.Execute("training_forget", cancel, PredictionLimits.TrainingsKeptMax);
        await connection.Write(new AuditEntry(by, "model.training_requested", id), cancel);
        return id;
    }, cancel);

    /// <summary>Newest first, before a place where one is given.</summary>
    public Task<List<TrainingRun>> Page(DateTimeOffset? requestedBefore, string? beforeId, int rowsMax, CancellationToken cancel) =>
        database.People.Use(connection => connection.Rows(
            "training_page",
            row => new TrainingRun(
                row.GetString(0), row.GetString(1), row.Instant(2), row.InstantOrNull(3), row.InstantOrNull(4), row.GetString(5),
                row.GetFloat(6), row.GetInt32(7), row.GetInt32(8), row.TextOrNull(9), row.IntOrNull(10), row.TextOrNull(11)),
            cancel, Db.Instant(requestedBefore), Db.Text(beforeId), rowsMax), cancel);

    internal async Task<UnfinishedTraining?> Unfinished(CancellationToken cancel) => (await database.InBackground(
        connection => connection.Rows(
            "training_unfinished", row => new UnfinishedTraining(row.GetString(0), row.GetString(1), row.GetBoolean(2)), cancel),
        cancel)).SingleOrDefault();

    /// <summary>When the last one was asked for; null where none ever was.</summary>
    internal async Task<DateTimeOffset?> Newest(CancellationToken cancel) =>
        await database.InBackground(connection => connection.Rows("training_newest", row => row.Instant(0), cancel), cancel)
            is [var at] ? at : null;

    /// <summary>Whether enough customers are enrolled for long enough that a training could come to something.</summary>
    internal async Task<bool> AreEnoughKnown(DateTimeOffset now, CancellationToken cancel) => await database.InBackground(
        connection => connection.Value<long>(
            "training_learners", cancel, now.AddDays(-7 * PredictionLimits.WeeksPerTrainingMin), PredictionLimits.LearnersPerTrainingMin),
        cancel) >= PredictionLimits.LearnersPerTrainingMin;

    internal Task<int> Begin(string id, DateTimeOffset now, CancellationToken cancel) => database.InBackground(
        connection => connection.Execute("training_begin", cancel, id, now, TrainingSteps.Reading), cancel);

    internal Task<int> Store(string id, TrainingProgress progress, CancellationToken cancel) => database.InBackground(
        connection => connection.Execute(
            "training_progress", cancel, id, progress.Step, (float)progress.Share, progress.Customers, progress.Rows), cancel);

    /// <summary>A run that somebody else took for interrupted stays so.</summary>
    internal Task<int> Finish(string id, TrainingEnd end, DateTimeOffset now, CancellationToken cancel) => database.InBackground(
        connection => connection.Execute(
            "training_finish", cancel, id, now, TrainingSteps.Finished, end.Result, Db.Integer(end.Model), end.Note), cancel);
}
