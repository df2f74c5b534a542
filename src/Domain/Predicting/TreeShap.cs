namespace LStep.Domain.Predicting;

/// <summary>
/// Exact Shapley values of one tree for one row, path-dependent: a feature that is not known goes both ways, each as often as the training
/// rows did (Lundberg, Erion, Lee: Consistent individualized feature attribution for tree ensembles, 2018, algorithm 2).
/// </summary>
static class TreeShap
{
    /// <param name="into">What each feature adds is added here.</param>
    public static void Add(ReadOnlySpan<TreeNode> tree, ReadOnlySpan<float> row, Span<double> into) =>
        Walk(tree, 0, row, [], 0, 1, 1, -1, into);

    /// <summary>The mean of the leaves as the training rows came to them.</summary>
    public static double Mean(ReadOnlySpan<TreeNode> tree)
    {
        var sum = 0d;
        foreach (var node in tree)
            if (node.IsLeaf) sum += node.Value * node.Cover;
        return tree[0].Cover > 0 ? sum / tree[0].Cover : 0;
    }

    static void Walk(
        ReadOnlySpan<TreeNode> tree, int at, ReadOnlySpan<float> row, ReadOnlySpan<Step> before, int length, double zero, double one,
        int feature, Span<double> into)
    {
        Span<Step> path = stackalloc Step[length + 1];
        before[..length].CopyTo(path);
        Extend(path, ref length, zero, one, feature);
        ref readonly var node = ref tree[at];
        if (node.IsLeaf)
        {
            for (var i = 1; i < length; i++)
                into[path[i].Feature] += UnwoundSum(path, length, i) * (path[i].One - path[i].Zero) * node.Value;
            return;
        }
        var (hot, cold) = row[node.Feature] <= node.Threshold ? (node.Left, node.Right) : (node.Right, node.Left);
        var (knownZero, knownOne) = (1d, 1d);
        for (var i = 1; i < length; i++)
        {
            if (path[i].Feature != node.Feature) continue;
            (knownZero, knownOne) = (path[i].Zero, path[i].One);
            Unwind(path, ref length, i);
            break;
        }
        var cover = node.Cover;
        Walk(tree, hot, row, path, length, knownZero * Share(tree[hot].Cover, cover), knownOne, node.Feature, into);
        Walk(tree, cold, row, path, length, knownZero * Share(tree[cold].Cover, cover), 0, node.Feature, into);
    }

    static double Share(double child, double parent) => parent > 0 ? child / parent : 0;

    static void Extend(Span<Step> path, ref int length, double zero, double one, int feature)
    {
        path[length] = new Step(feature, zero, one, length == 0 ? 1 : 0);
        for (var i = length - 1; i >= 0; i--)
        {
            path[i + 1].Weight += one * path[i].Weight * (i + 1) / (length + 1);
            path[i].Weight = zero * path[i].Weight * (length - i) / (length + 1);
        }
        length++;
    }

    static void Unwind(Span<Step> path, ref int length, int at)
    {
        var last = length - 1;
        var (one, zero) = (path[at].One, path[at].Zero);
        var next = path[last].Weight;
        for (var i = last - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = path[i].Weight;
                path[i].Weight = next * (last + 1) / ((i + 1) * one);
                next = weight - path[i].Weight * zero * (last - i) / (last + 1);
            }
            else
            {
                path[i].Weight = zero == 0 ? 0 : path[i].Weight * (last + 1) / (zero * (last - i));
            }
        }
        for (var i = at; i < last; i++)
            path[i] = path[i] with { Feature = path[i + 1].Feature, Zero = path[i + 1].Zero, One = path[i + 1].One };
        length--;
    }

    static double UnwoundSum(ReadOnlySpan<Step> path, int length, int at)
    {
        var last = length - 1;
        var (one, zero) = (path[at].One, path[at].Zero);
        var next = path[last].Weight;
        var sum = 0d;
        for (var i = last - 1; i >= 0; i--)
        {
            if (one != 0)
            {
                var weight = next * (last + 1) / ((i + 1) * one);
                sum += weight;
                next = path[i].Weight - weight * zero * (last - i) / (last + 1);
            }
            else if (zero != 0)
            {
                sum += path[i].Weight / zero * (last + 1) / (last - i);
            }
        }
        return sum;
    }

    /// <summary>A feature on the way to a leaf: how often rows go on where it is not known, and where it is.</summary>
    record struct Step(int Feature, double Zero, double One, double Weight);
}
