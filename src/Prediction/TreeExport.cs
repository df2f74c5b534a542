using System.Collections.Immutable;
using LStep.Domain.Predicting;
using Microsoft.ML.Trainers.FastTree;

namespace LStep.Prediction;

/// <summary>Turns the trees of ML.NET into those of the domain, which needs no library to serve them.</summary>
static class TreeExport
{
    /// <param name="scale">From the ensemble's score to log odds, times the ensemble's share among others.</param>
    public static IEnumerable<ImmutableArray<TreeNode>> Of(RegressionTreeEnsemble ensemble, double scale) =>
        ensemble.Trees.Select((tree, at) => Of(tree, ensemble.TreeWeights[at] * scale));

    static ImmutableArray<TreeNode> Of(RegressionTree tree, double scale)
    {
        var nodes = new List<TreeNode>();
        if (tree.NumberOfNodes == 0) nodes.Add(Leaf(tree.LeafValues.Count > 0 ? tree.LeafValues[0] * scale : 0));
        else Take(0);
        return [.. nodes];

        int Take(int node)
        {
            var place = nodes.Count;
            nodes.Add(default);
            if (node < 0)
            {
                nodes[place] = Leaf(tree.LeafValues[~node] * scale);
                return place;
            }
            var left = Take(tree.LeftChild[node]);
            var right = Take(tree.RightChild[node]);
            nodes[place] = new TreeNode(
                tree.NumericalSplitFeatureIndexes[node], tree.NumericalSplitThresholds[node], left, right, 0, 0);
            return place;
        }
    }

    /// <summary>Counts how many rows come through each node.</summary>
    public static ImmutableArray<TreeNode> WithCovers(ImmutableArray<TreeNode> tree, float[][] rows)
    {
        var covers = new int[tree.Length];
        foreach (var row in rows)
            for (var at = 0; ;)
            {
                covers[at]++;
                if (tree[at].IsLeaf) break;
                at = row[tree[at].Feature] <= tree[at].Threshold ? tree[at].Left : tree[at].Right;
            }
        return [.. tree.Select((node, at) => node with { Cover = covers[at] })];
    }

    // As exact as it is written down, so that a model read again says the same.
    static TreeNode Leaf(double value) => new(-1, 0, 0, 0, (float)Math.Round(value, 6), 0);
}
