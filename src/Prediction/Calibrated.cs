using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>
/// A forest with the curve that makes its log odds probabilities. The curve is fitted on the later part of the training time, by forests
/// that had not seen the learners whose rows it is fitted on.
/// </summary>
sealed class Calibrated(Fits fits, TrainingSettings settings)
{
    /// <summary>How long the later part is.</summary>
    const int LaterDays = 28;

    /// <summary>Fewer rows make no curve.</summary>
    const int LeastRows = 200;

    const int Parts = 2;

    public ChurnModel Fit(IReadOnlyList<Labelled> rows, IReadOnlyList<Recipe> recipes, int bags)
    {
        var forest = fits.Forest(rows, Parted(recipes, bags));
        var last = rows.Max(row => settings.Clock(row.Row));
        var scores = new List<double>();
        var outcomes = new List<bool>();
        for (var part = 0; part < Parts; part++)
        {
            var others = rows.Where(row => Folds.Of(row.Row, Parts) != part).ToList();
            var later = rows.Where(row => Folds.Of(row.Row, Parts) == part && settings.Clock(row.Row) > last - LaterDays).ToList();
            if (later.Count == 0 || !HasBoth(others)) continue;
            var inner = fits.Forest(others, Parted(recipes, 1));
            scores.AddRange(later.Select(row => inner.LogOdds(row.Row.Features)));
            outcomes.AddRange(later.Select(row => row.Outcome));
        }
        return scores.Count < LeastRows ? forest : forest.With(IsotonicCurve.Fit(scores, outcomes));
    }

    internal static bool HasBoth(List<Labelled> rows) => rows.Any(row => row.Outcome) && rows.Any(row => !row.Outcome);

    internal static List<(Recipe, int)> Parted(IReadOnlyList<Recipe> recipes, int bags) =>
        [.. recipes.SelectMany(recipe => Enumerable.Range(1, bags).Select(seed => (recipe, seed)))];
}
