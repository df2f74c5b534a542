namespace LStep.Domain.Predicting;

/// <summary>Rows by falling probability, each as often as its learner was drawn; once before any draw.</summary>
sealed class WeighedRows
{
    readonly double[] probabilities;
    readonly bool[] outcomes;
    readonly int[] learners;
    readonly int[] weights;

    public WeighedRows(IReadOnlyList<Judged> rows)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in rows) numbers.TryAdd(row.Learner, numbers.Count);
        Judged[] sorted = [.. rows.OrderByDescending(row => row.Probability)];
        probabilities = [.. sorted.Select(row => row.Probability)];
        outcomes = [.. sorted.Select(row => row.Outcome)];
        learners = [.. sorted.Select(row => numbers[row.Learner])];
        weights = new int[numbers.Count];
        Array.Fill(weights, 1);
    }

    /// <summary>As many learners as there are, each drawn from all.</summary>
    public void Draw(ulong seed)
    {
        Array.Clear(weights);
        var state = seed;
        for (var i = 0; i < weights.Length; i++) weights[(int)(Next(ref state) % (ulong)weights.Length)]++;
    }

    public double? Auc()
    {
        double positives = 0, negatives = 0, above = 0;
        for (var at = 0; at < outcomes.Length;)
        {
            var (tiedPositives, tiedNegatives) = Tied(ref at);
            above += tiedNegatives * (positives + tiedPositives / 2);
            positives += tiedPositives;
            negatives += tiedNegatives;
        }
        return positives > 0 && negatives > 0 ? above / (positives * negatives) : null;
    }

    public double? PrAuc()
    {
        double positives = 0, all = 0, sum = 0;
        for (var at = 0; at < outcomes.Length;)
        {
            var (tiedPositives, tiedNegatives) = Tied(ref at);
            positives += tiedPositives;
            all += tiedPositives + tiedNegatives;
            if (all > 0) sum += tiedPositives * positives / all;
        }
        return positives > 0 ? sum / positives : null;
    }

    public double Accuracy()
    {
        double right = 0, all = 0;
        for (var at = 0; at < outcomes.Length; at++)
        {
            all += weights[learners[at]];
            if (probabilities[at] >= 0.5 == outcomes[at]) right += weights[learners[at]];
        }
        return all > 0 ? right / all : 0;
    }

    public double BaseRate()
    {
        double positives = 0, all = 0;
        for (var at = 0; at < outcomes.Length; at++)
        {
            all += weights[learners[at]];
            if (outcomes[at]) positives += weights[learners[at]];
        }
        return all > 0 ? positives / all : 0;
    }

    /// <summary>Rows of the probability at which the budget ends count by the part that it still allows.</summary>
    public (double Precision, double Recall) AtBudget(double share)
    {
        double all = 0, positives = 0;
        for (var at = 0; at < outcomes.Length; at++)
        {
            all += weights[learners[at]];
            if (outcomes[at]) positives += weights[learners[at]];
        }
        var budget = all * share;
        double taken = 0, found = 0;
        for (var at = 0; at < outcomes.Length && taken < budget;)
        {
            var (tiedPositives, tiedNegatives) = Tied(ref at);
            var tied = tiedPositives + tiedNegatives;
            var part = tied > 0 ? Math.Min(1, (budget - taken) / tied) : 0;
            taken += part * tied;
            found += part * tiedPositives;
        }
        return (taken > 0 ? found / taken : 0, positives > 0 ? found / positives : 0);
    }

    (double Positives, double Negatives) Tied(ref int at)
    {
        double positives = 0, negatives = 0;
        var probability = probabilities[at];
        for (; at < outcomes.Length && probabilities[at] == probability; at++)
            if (outcomes[at]) positives += weights[learners[at]];
            else negatives += weights[learners[at]];
        return (positives, negatives);
    }

    /// <summary>SplitMix64.</summary>
    static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
