using System.Collections.Immutable;

namespace LStep.Domain.Predicting;

/// <summary>
/// Turns scores into probabilities: rises wherever the scores do, straight between its points, level beyond them. Fitted by pooling
/// adjacent violators, each pool with its mean score and mean outcome.
/// </summary>
public sealed record IsotonicCurve(ImmutableArray<double> Scores, ImmutableArray<double> Probabilities)
{
    /// <summary>Without data: the logistic function of the log odds.</summary>
    public static IsotonicCurve Logistic { get; } = new([], []);

    public double Of(double score)
    {
        if (Scores.IsEmpty) return 1 / (1 + Math.Exp(-score));
        var scores = Scores.AsSpan();
        if (score <= scores[0]) return Probabilities[0];
        if (score >= scores[^1]) return Probabilities[^1];
        var at = scores.BinarySearch(score);
        if (at >= 0) return Probabilities[at];
        at = ~at;
        var share = (score - scores[at - 1]) / (scores[at] - scores[at - 1]);
        return Probabilities[at - 1] + share * (Probabilities[at] - Probabilities[at - 1]);
    }

    /// <param name="leastRows">Pools are joined until each holds so many, so that a few rows make no certainty.</param>
    public static IsotonicCurve Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes, int leastRows = 50)
    {
        if (scores.Count == 0) return Logistic;
        var pools = new List<Pool>();
        var open = default(Pool);
        foreach (var row in Enumerable.Range(0, scores.Count).OrderBy(at => scores[at]))
        {
            open = open.With(new Pool(1, scores[row], outcomes[row] ? 1 : 0));
            if (open.Rows < leastRows) continue;
            Push(pools, open);
            open = default;
        }
        if (open.Rows > 0) Push(pools, pools.Count > 0 ? Popped(pools).With(open) : open);
        return new IsotonicCurve([.. pools.Select(pool => pool.Score)], [.. pools.Select(pool => pool.Probability)]);
    }

    static void Push(List<Pool> pools, Pool pool)
    {
        while (pools.Count > 0 && (pools[^1].Probability >= pool.Probability || pools[^1].Score >= pool.Score))
            pool = Popped(pools).With(pool);
        pools.Add(pool);
    }

    static Pool Popped(List<Pool> pools)
    {
        var last = pools[^1];
        pools.RemoveAt(pools.Count - 1);
        return last;
    }

    readonly record struct Pool(int Rows, double ScoreSum, int Positives)
    {
        public double Score => ScoreSum / Rows;

        /// <summary>Nobody is certain: half a row of either outcome is added.</summary>
        public double Probability => (Positives + 0.5) / (Rows + 1);

        public Pool With(Pool other) => new(Rows + other.Rows, ScoreSum + other.ScoreSum, Positives + other.Positives);
    }
}
