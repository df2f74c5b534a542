using System.Collections.Immutable;
using System.Text.Json;

namespace LStep.Domain.Predicting;

/// <summary>
/// A model as JSON: each tree as one array a property, so that a large ensemble stays small. What is read is checked, since a model that
/// points out of its tree or back into it would not come to an end.
/// </summary>
static class ModelJson
{
    static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    sealed record Document(
        string Format, ImmutableArray<string> Features, double Bias, ImmutableArray<TreeDocument> Trees, Curve Calibration);

    /// <param name="F">Features of the nodes, -1 in a leaf.</param>
    /// <param name="T">Thresholds.</param>
    /// <param name="L">Left children.</param>
    /// <param name="R">Right children.</param>
    /// <param name="V">Values of the leaves.</param>
    /// <param name="C">Training rows.</param>
    sealed record TreeDocument(
        ImmutableArray<int> F, ImmutableArray<float> T, ImmutableArray<int> L, ImmutableArray<int> R, ImmutableArray<float> V,
        ImmutableArray<float> C);

    sealed record Curve(ImmutableArray<double> Scores, ImmutableArray<double> Probabilities);

    public static string Write(ChurnModel model) => JsonSerializer.Serialize(
        new Document(
            ChurnModel.FormatName, Features.Names, model.Bias,
            [.. Enumerable.Range(0, model.Trees).Select(tree => Of(model.Tree(tree)))],
            new Curve(model.Calibration.Scores, model.Calibration.Probabilities)),
        Options);

    /// <exception cref="FormatException">It is no model that this version can use; the message says why.</exception>
    public static ChurnModel Read(string json)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(json, Options) ?? throw new FormatException("The model is empty.");
            return Of(document);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The model is no JSON of its form: {e.Message}", e);
        }
    }

    static ChurnModel Of(Document document)
    {
        if (document.Format != ChurnModel.FormatName)
            throw new FormatException($"The model's format is '{document.Format}', not {ChurnModel.FormatName}.");
        if (document.Features.IsDefault || document.Trees.IsDefault || document.Calibration is not { } curve || curve.Scores.IsDefault
            || curve.Probabilities.IsDefault)
            throw new FormatException("The model lacks features, trees or calibration.");
        foreach (var name in document.Features)
            if (!Features.IsKnown(name)) throw new FormatException($"The model asks for '{name}', which is no feature of this version.");
        if (curve.Scores.Length != curve.Probabilities.Length || !IsRising(curve.Scores) || !IsRising(curve.Probabilities)
            || curve.Probabilities.Any(one => one is not (>= 0 and <= 1)))
            throw new FormatException("The model's calibration does not rise from 0 to 1.");
        if (!double.IsFinite(document.Bias)) throw new FormatException("The model's bias is no number.");
        return new ChurnModel(
            document.Bias, [.. document.Trees.Select(tree => Of(tree, document.Features.Length))],
            new IsotonicCurve(curve.Scores, curve.Probabilities), document.Features);
    }

    static TreeDocument Of(ReadOnlySpan<TreeNode> tree)
    {
        var nodes = tree.ToArray();
        return new TreeDocument(
            [.. nodes.Select(node => node.Feature)], [.. nodes.Select(node => node.Threshold)], [.. nodes.Select(node => node.Left)],
            [.. nodes.Select(node => node.Right)], [.. nodes.Select(node => (float)node.Value)],
            [.. nodes.Select(node => (float)node.Cover)]);
    }

    static ImmutableArray<TreeNode> Of(TreeDocument tree, int features)
    {
        var count = tree.F.IsDefault ? 0 : tree.F.Length;
        if (count == 0 || !(Has(tree.T, count) && Has(tree.L, count) && Has(tree.R, count) && Has(tree.V, count) && Has(tree.C, count)))
            throw new FormatException("A tree of the model is empty, or its parts are of different lengths.");
        var nodes = ImmutableArray.CreateBuilder<TreeNode>(count);
        for (var at = 0; at < count; at++)
        {
            var node = new TreeNode(tree.F[at], tree.T[at], tree.L[at], tree.R[at], tree.V[at], tree.C[at]);
            // Children stand behind their parent, so every way ends.
            if (node.IsLeaf ? !double.IsFinite(node.Value)
                : node.Feature >= features || node.Left <= at || node.Right <= at || node.Left >= count || node.Right >= count)
                throw new FormatException("A tree of the model leads nowhere.");
            nodes.Add(node);
        }
        return nodes.MoveToImmutable();
    }

    static bool Has<T>(ImmutableArray<T> part, int count) => !part.IsDefault && part.Length == count;

    static bool IsRising(ImmutableArray<double> values)
    {
        for (var at = 0; at < values.Length; at++)
            if (!double.IsFinite(values[at]) || (at > 0 && values[at] < values[at - 1])) return false;
        return true;
    }
}
