using System.Collections.Immutable;

namespace LStep.Domain.Predicting;

/// <summary>
/// An ensemble of regression trees over <see cref="Features"/> that add up to log odds, and the curve that turns these into a
/// probability. Immutable; safe to share.
/// </summary>
public sealed class ChurnModel
{
    public const string FormatName = "lstep-churn-1";

    readonly TreeNode[] nodes;
    readonly int[] roots;
    readonly int[] places;

    /// <param name="bias">Log odds before any tree.</param>
    /// <param name="trees">Each with its root first.</param>
    /// <param name="names">The features that the trees number; each one of <see cref="Features.All"/>.</param>
    public ChurnModel(
        double bias, IReadOnlyList<ImmutableArray<TreeNode>> trees, IsotonicCurve calibration, ImmutableArray<string> names = default)
    {
        Names = names.IsDefault ? Features.Names : names;
        places = [.. Names.Select(Features.IndexOf)];
        Bias = bias;
        Calibration = calibration;
        roots = [.. Starts(trees)];
        nodes = [.. trees.SelectMany(tree => tree).Select(node => node.IsLeaf ? node : node with { Feature = places[node.Feature] })];
        BaseValue = bias;
        for (var tree = 0; tree < trees.Count; tree++) BaseValue += TreeShap.Mean(Tree(tree));
    }

    public string Format { get; } = FormatName;

    /// <summary>The features that the model knows, in the order that its trees were written with.</summary>
    public ImmutableArray<string> Names { get; }

    public double Bias { get; }

    public int Trees => roots.Length - 1;

    public int Nodes => nodes.Length;

    public IsotonicCurve Calibration { get; }

    /// <summary>The mean log odds of the training rows: what contributions are counted from.</summary>
    public double BaseValue { get; }

    /// <summary>Bias and all trees.</summary>
    public double LogOdds(ReadOnlySpan<float> features)
    {
        var sum = Bias;
        for (var tree = 0; tree + 1 < roots.Length; tree++)
        {
            ReadOnlySpan<TreeNode> of = nodes.AsSpan(roots[tree]);
            ref readonly var node = ref of[0];
            while (!node.IsLeaf) node = ref of[features[node.Feature] <= node.Threshold ? node.Left : node.Right];
            sum += node.Value;
        }
        return sum;
    }

    /// <summary>0 to 1; allocates nothing.</summary>
    public double Probability(ReadOnlySpan<float> features) => Calibration.Of(LogOdds(features));

    /// <summary>One for each feature, in their order: with <see cref="BaseValue"/> they add up to <see cref="LogOdds"/>.</summary>
    public ImmutableArray<Contribution> Contributions(ReadOnlySpan<float> features)
    {
        Span<double> sums = stackalloc double[Features.Count];
        sums.Clear();
        for (var tree = 0; tree < Trees; tree++) TreeShap.Add(Tree(tree), features, sums);
        var all = ImmutableArray.CreateBuilder<Contribution>(Features.Count);
        for (var at = 0; at < Features.Count; at++) all.Add(new Contribution(at, sums[at], features[at]));
        return all.MoveToImmutable();
    }

    /// <summary>The nodes of one tree with the features' places in <see cref="Features.All"/>.</summary>
    public ReadOnlySpan<TreeNode> Tree(int tree) => nodes.AsSpan(roots[tree], roots[tree + 1] - roots[tree]);

    public ChurnModel With(IsotonicCurve calibration) =>
        new(Bias, [.. Enumerable.Range(0, Trees).Select(tree => Tree(tree).ToImmutableArray())], calibration);

    public static ChurnModel Read(string json) => ModelJson.Read(json);

    public string Write() => ModelJson.Write(this);

    static List<int> Starts(IReadOnlyList<ImmutableArray<TreeNode>> trees)
    {
        var starts = new List<int>(trees.Count + 1) { 0 };
        foreach (var tree in trees) starts.Add(starts[^1] + tree.Length);
        return starts;
    }
}
