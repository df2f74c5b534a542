using System.Collections.Immutable;

namespace LStep.Domain.Predicting;

/// <summary>How far a feature's values have moved from those of training.</summary>
/// <param name="Index">Population stability index: below 0.1 nothing of note, above 0.25 much.</param>
public sealed record FeatureDrift(string Feature, double Index, int Samples);

/// <summary>Whether a model still sees what it was trained on.</summary>
public static class Watching
{
    const int Bins = 10;

    /// <summary>Nothing is divided by a share of nothing.</summary>
    const double LeastShare = 0.0001;

    /// <summary>How each feature is spread over the rows of training: bounds that hold about a tenth each.</summary>
    public static ImmutableArray<FeatureSpread> Spreads(IReadOnlyList<float[]> rows)
    {
        if (rows.Count == 0) return [];
        var spreads = ImmutableArray.CreateBuilder<FeatureSpread>(Features.Count);
        for (var feature = 0; feature < Features.Count; feature++)
        {
            var values = new float[rows.Count];
            for (var row = 0; row < values.Length; row++) values[row] = rows[row][feature];
            Array.Sort(values);
            ImmutableArray<float> bounds =
                [.. Enumerable.Range(1, Bins - 1).Select(bin => values[bin * values.Length / Bins]).Distinct()];
            spreads.Add(new FeatureSpread(Features.All[feature].Name, bounds, Shares(bounds, values)));
        }
        return spreads.MoveToImmutable();
    }

    /// <param name="samples">Vectors of <see cref="Features"/>.</param>
    public static ImmutableArray<FeatureDrift> Drift(ImmutableArray<FeatureSpread> spreads, IReadOnlyList<float[]> samples) =>
        samples.Count == 0 ? [] : [.. spreads.Where(spread => Features.IsKnown(spread.Feature)).Select(spread =>
        {
            var feature = Features.IndexOf(spread.Feature);
            var now = Shares(spread.Bounds, [.. samples.Select(sample => sample[feature])]);
            return new FeatureDrift(spread.Feature, Math.Round(Index(spread.Shares, now), 4), samples.Count);
        })];

    /// <summary>Population stability index of two spreads over the same bounds.</summary>
    public static double Index(ImmutableArray<double> before, ImmutableArray<double> now)
    {
        var index = 0d;
        for (var bin = 0; bin < before.Length; bin++)
        {
            var (was, isNow) = (Math.Max(LeastShare, before[bin]), Math.Max(LeastShare, now[bin]));
            index += (isNow - was) * Math.Log(isNow / was);
        }
        return index;
    }

    static ImmutableArray<double> Shares(ImmutableArray<float> bounds, float[] values)
    {
        var counts = new int[bounds.Length + 1];
        foreach (var value in values)
        {
            var at = bounds.AsSpan().BinarySearch(value);
            counts[at >= 0 ? at : ~at]++;
        }
        return [.. counts.Select(count => Math.Round(count / (double)values.Length, 6))];
    }
}
