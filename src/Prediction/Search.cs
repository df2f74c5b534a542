using LStep.Domain.Predicting;

namespace LStep.Prediction;

/// <summary>
/// Chooses the recipes by an inner split of the training time: earlier days of some learners to grow, later days of others to compare.
/// What the model is judged on plays no part.
/// </summary>
sealed class Search(Fits fits, TrainingSettings settings)
{
    /// <summary>Days between the two parts are the future of the earlier.</summary>
    const int BetweenDays = 14;

    const int LaterDays = 28;
    const int Parts = 2;

    /// <summary>Differences below this are chance: the average of both kinds is taken unless one is better by more.</summary>
    const double LeastGain = 0.001;

    static readonly Recipe[] Candidates =
    [
        new(TreeMaker.FastTree, 120, 8, 0.08, 100, 0.5),
        new(TreeMaker.FastTree, 120, 16, 0.05, 100, 0.5),
        new(TreeMaker.LightGbm, 120, 8, 0.08, 100, 0.5),
        new(TreeMaker.LightGbm, 120, 16, 0.05, 100, 0.5),
    ];

    /// <summary>Taken where there is too little time to choose by.</summary>
    public static IReadOnlyList<Recipe> Usual { get; } = [Candidates[1]];

    /// <summary>How each did: its area under the curve in the inner split.</summary>
    public List<(string Recipes, double Auc)> Found { get; } = [];

    public IReadOnlyList<Recipe> Choose(IReadOnlyList<Labelled> rows, Action<double> progress)
    {
        var last = rows.Max(row => settings.Clock(row.Row));
        var earlier = rows.Where(row => settings.Clock(row.Row) <= last - LaterDays - BetweenDays).ToList();
        var later = rows.Where(row => settings.Clock(row.Row) > last - LaterDays).ToList();
        if (!Enough(earlier) || !Enough(later)) return Usual;
        var best = new Dictionary<TreeMaker, (Recipe Recipe, double Auc, double[] Scores)>();
        foreach (var (at, recipe) in Candidates.Index())
        {
            progress(at / (double)Candidates.Length);
            if (Scores(earlier, later, recipe) is not { } scores) continue;
            var auc = Auc(later, scores);
            Found.Add((recipe.ToString(), auc));
            if (!best.TryGetValue(recipe.Maker, out var known) || auc > known.Auc) best[recipe.Maker] = (recipe, auc, scores);
        }
        if (best.Count == 0) return Usual;
        if (best.Count == 1) return [best.Values.First().Recipe];
        var both = Auc(later, [.. best.Values.First().Scores.Zip(best.Values.Last().Scores, (one, other) => (one + other) / 2)]);
        Found.Add(("the average of the better of each kind", both));
        var single = best.Values.MaxBy(one => one.Auc);
        return single.Auc > both + LeastGain ? [single.Recipe] : [.. best.Values.Select(one => one.Recipe)];
    }

    /// <summary>Null where the library of this kind does not run on this machine.</summary>
    double[]? Scores(List<Labelled> earlier, List<Labelled> later, Recipe recipe)
    {
        var scores = new double[later.Count];
        for (var part = 0; part < Parts; part++)
        {
            ChurnModel forest;
            try
            {
                forest = fits.Forest([.. earlier.Where(row => Folds.Of(row.Row, Parts) != part)], [(recipe, 1)]);
            }
            catch (Exception e) when (IsMissing(e))
            {
                return null;
            }
            for (var at = 0; at < later.Count; at++)
                if (Folds.Of(later[at].Row, Parts) == part) scores[at] = forest.LogOdds(later[at].Row.Features);
        }
        return scores;
    }

    static bool IsMissing(Exception e) =>
        e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
            || (e.InnerException is { } inner && IsMissing(inner));

    static bool Enough(List<Labelled> rows)
    {
        var positives = rows.Count(row => row.Outcome);
        return positives >= TrainingNeeds.OutcomesMin && rows.Count - positives >= TrainingNeeds.OutcomesMin;
    }

    static double Auc(List<Labelled> rows, double[] scores) =>
        Judging.Auc([.. rows.Select((row, at) => new Judged(row.Row.Learner, scores[at], row.Outcome))]) ?? 0.5;
}
