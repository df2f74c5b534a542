using System.Text.Json;
using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>The model that L-Step brings along, until an installation has trained its own.</summary>
public static class StartingModel
{
    public const int Number = 0;

    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    static readonly Lazy<LiveModel> Read = new(() => new LiveModel(Number, ChurnModel.Read(Text)));
    static readonly Lazy<ModelCard> ReadCard = new(() => ReadCardOf(CardText));

    public static LiveModel Live => Read.Value;

    public static ModelCard Card => ReadCard.Value;

    public static string Text => Resource("starting-model.json");

    public static string CardText => Resource("starting-card.json");

    public static string Write(ModelCard card) => JsonSerializer.Serialize(card, Options);

    public static ModelCard ReadCardOf(string json) =>
        JsonSerializer.Deserialize<ModelCard>(json, Options) ?? throw new FormatException("The card is empty.");

    static string Resource(string name)
    {
        using var stream = typeof(StartingModel).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
