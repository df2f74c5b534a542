using LStep.Domain.Predicting;

namespace LStep.Grains.Rules;

/// <summary>The model that comes with the product.</summary>
public static class StartingModels
{
    public const int Number = 0;

    public static LiveModel Live { get; } = new(Number, new ChurnModel(0, [], IsotonicCurve.Logistic));

    public static ModelCard Card { get; } = new(
        Number, "product", DateTimeOffset.UnixEpoch, "", "", "", System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty,
        Features.All, new CardRows(default, default, 0, 0), new CardRows(default, default, 0, 0), [], 0, "");
}
