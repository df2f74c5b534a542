using LStep.Domain.Predicting;
using LStep.Grains.Database;
using LStep.Prediction;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Rules;

/// <summary>
/// Which model predictions are made with. Number 0 comes with the product; one that this version cannot read is told in the log, and the
/// one before stays.
/// </summary>
public sealed class LiveModels(PostgresDatabase database, ILogger log)
{
    private int? unreadable;

    /// <summary>The number of the live one.</summary>
    public static async Task<int> Number(PostgresDatabase database, CancellationToken cancel) =>
        await database.Use(c => c.Rows("live_model_number", row => row.GetInt32(0), cancel), cancel) is [var number]
            ? number : StartingModel.Number;

    /// <summary>To be called in the transaction of the change; false when there is no such model.</summary>
    public static async Task<bool> Put(
        PostgresDatabase database, int number, DateTimeOffset at, Person by, string reason, CancellationToken cancel) =>
        await database.Use(c => c.Execute("live_model_put", cancel, number, at, by.Name, reason), cancel) > 0;

    /// <summary>A model by its number; null when there is none.</summary>
    /// <exception cref="FormatException">It was made by a version of the product that this one does not know.</exception>
    public static async Task<LiveModel?> One(PostgresDatabase database, int number, CancellationToken cancel)
    {
        if (number == StartingModel.Number) return StartingModel.Live;
        var text = await database.InBackground(c => c.Value<string>("live_model_text", cancel, number), cancel);
        return text is null ? null : new LiveModel(number, ChurnModel.Read(text));
    }

    /// <summary>The live one; the same number keeps its object.</summary>
    internal async Task<LiveModel?> Read(LiveModel? before, CancellationToken cancel)
    {
        var number = await Number(database, cancel);
        if (before?.Number == number || (before is not null && unreadable == number)) return before;
        try
        {
            if (await One(database, number, cancel) is { } model) return model;
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            unreadable = number;
            log.LogError(e, "Model {Number} cannot be read by this version; the model before stays in force", number);
        }
        return before ?? StartingModel.Live;
    }
}
