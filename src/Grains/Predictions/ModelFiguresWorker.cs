using LStep.Grains.Database;
using LStep.Grains.Time;
using LStep.Grains.Time.Figures;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Predictions;

/// <summary>
/// Has the figures of customers made anew with a model that was put live, once every process has it: before that, one that follows the log
/// would make some with the model before.
/// </summary>
public sealed class ModelFiguresWorker(PostgresDatabase database, Spread spread, ILogger<ModelFiguresWorker> log)
    : RepeatedWork(
        TimeSpan.FromSeconds(LookSeconds), atOnce: false, "The figures of customers could not be asked for with the model that is live", log)
{
    private const int LookSeconds = 2;
    private const long LockKey = 5020260037;

    protected override async Task Once(CancellationToken stopping)
    {
        if (await Waiting(database, stopping) is null) return;
        await database.Together(LockKey, async together =>
        {
            if (await Waiting(together, stopping) is not { } id) return;
            await new FigureRows(together).Again(stopping);
            await together.InBackground(connection => connection.Execute("models_figures_asked", stopping, id), stopping);
        }, stopping);
    }

    private async Task<long?> Waiting(PostgresDatabase from, CancellationToken cancel) => await from.InBackground(
        connection => connection.Rows("models_figures_waiting", row => row.GetInt64(0), cancel, spread.Within.TotalSeconds), cancel)
        is [var id] ? id : null;
}
