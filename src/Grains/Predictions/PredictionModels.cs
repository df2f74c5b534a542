using System.Text.Json;
using LStep.Domain.Predicting;
using LStep.Grains.Database;
using LStep.Prediction;

namespace LStep.Grains.Predictions;

/// <summary>A model that is kept.</summary>
/// <param name="LiveAt">When it was last put live; null where it never was.</param>
public sealed record KeptModel(
    ModelCard Card, string MadeBy, bool IsLive, DateTimeOffset? LiveAt, string? LiveBy, string? LiveReason);

/// <summary>Models as they are kept: numbered, each with its card. Number 0 comes with the product.</summary>
public sealed class PredictionModels(PostgresDatabase database)
{
    private static readonly JsonSerializerOptions Options = JsonSerializerOptions.Web;

    /// <summary>Newest first, the shipped one last.</summary>
    public Task<List<KeptModel>> All(CancellationToken cancel) => database.People.Use(async connection =>
    {
        var live = await connection.Rows("models_live", row => row.GetInt32(0), cancel) is [var number] ? number : 0;
        var rows = await connection.Rows(
            "models_page",
            row => new KeptModel(
                CardOf(row.GetString(1)), row.GetString(2), row.GetInt32(0) == live, row.InstantOrNull(3), row.TextOrNull(4),
                row.TextOrNull(5)),
            cancel);
        var shipped = await connection.Rows(
            "models_shipped_live", row => (At: row.InstantOrNull(0), Who: row.TextOrNull(1), Reason: row.TextOrNull(2)), cancel);
        var (at, who, reason) = shipped.SingleOrDefault();
        rows.Add(new KeptModel(StartingModel.Card, "product", live == 0, at, who, reason));
        return rows;
    }, cancel);

    /// <summary>Null when there is no such model.</summary>
    public async Task<ModelCard?> Card(int number, CancellationToken cancel)
    {
        if (number == 0) return StartingModel.Card;
        var json = await database.People.Use(connection => connection.Value<string>("model_card", cancel, number), cancel);
        return json is null ? null : CardOf(json);
    }

    /// <summary>Under the next number, which is answered; it is not live by that.</summary>
    internal Task<int> Store(
        ChurnModel model, ModelCard card, string runId, string madeBy, DateTimeOffset now, CancellationToken cancel) =>
        database.TransactionInBackground(async connection =>
        {
            var number = await connection.Value<int>("model_next", cancel);
            await connection.Execute(
                "model_store", cancel, number, now, madeBy, runId, card.Source, model.Write(),
                JsonSerializer.Serialize(card with { Number = number, MadeAt = now }, Options));
            await connection.Execute("models_forget", cancel, PredictionLimits.ModelsKeptMax);
            return number;
        }, cancel);

    private static ModelCard CardOf(string json) => JsonSerializer.Deserialize<ModelCard>(json, Options)
        ?? throw new InvalidDataException("The card of a model is empty.");
}
