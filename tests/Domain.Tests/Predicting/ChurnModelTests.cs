using System.Collections.Immutable;
using LStep.Domain.Predicting;

namespace LStep.Domain.Tests.Predicting;

public class ChurnModelTests
{
    const int Asked = 5;

    static float[] Row(Random random)
    {
        var row = new float[Features.Count];
        for (var at = 0; at < Asked; at++) row[at] = random.Next(10);
        return row;
    }

    /// <summary>Grown at random; a feature may be asked for twice on one way.</summary>
    static ImmutableArray<TreeNode> Tree(Random random, int depth)
    {
        var nodes = new List<TreeNode>();
        Grow(depth, random.Next(50, 100));
        return [.. nodes];

        int Grow(int left, int cover)
        {
            var at = nodes.Count;
            nodes.Add(default);
            if (left == 0 || cover < 2 || random.Next(6) == 0)
            {
                nodes[at] = new TreeNode(-1, 0, 0, 0, (float)(random.NextDouble() * 4 - 2), cover);
                return at;
            }
            var part = random.Next(1, cover);
            var (one, other) = (Grow(left - 1, part), Grow(left - 1, cover - part));
            nodes[at] = new TreeNode(random.Next(Asked), random.Next(9) + 0.5f, one, other, 0, cover);
            return at;
        }
    }

    static ChurnModel Model(Random random) => new(
        -0.5, [.. Enumerable.Range(0, 4).Select(_ => Tree(random, 4))], new IsotonicCurve([-2, 0, 2], [0.1, 0.4, 0.9]));

    /// <summary>What a tree says where only some features are known: the others go both ways, as the training rows did.</summary>
    static double Expected(ReadOnlySpan<TreeNode> tree, int at, float[] row, int known)
    {
        var node = tree[at];
        if (node.IsLeaf) return node.Value;
        if ((known >> node.Feature & 1) == 1)
            return Expected(tree, row[node.Feature] <= node.Threshold ? node.Left : node.Right, row, known);
        return (tree[node.Left].Cover * Expected(tree, node.Left, row, known)
            + tree[node.Right].Cover * Expected(tree, node.Right, row, known)) / node.Cover;
    }

    static double Value(ChurnModel model, float[] row, int known)
    {
        var sum = model.Bias;
        for (var tree = 0; tree < model.Trees; tree++) sum += Expected(model.Tree(tree), 0, row, known);
        return sum;
    }

    static double Shapley(ChurnModel model, float[] row, int feature)
    {
        int[] factorials = [1, 1, 2, 6, 24, 120];
        var sum = 0d;
        for (var known = 0; known < 1 << Asked; known++)
        {
            if ((known >> feature & 1) == 1) continue;
            var size = int.PopCount(known);
            var weight = factorials[size] * factorials[Asked - size - 1] / (double)factorials[Asked];
            sum += weight * (Value(model, row, known | 1 << feature) - Value(model, row, known));
        }
        return sum;
    }

    [Fact]
    public void Contributions_are_the_Shapley_values_counted_over_every_set_of_features()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var (model, row) = (Model(random), Row(random));
            var contributions = model.Contributions(row);
            for (var feature = 0; feature < Asked; feature++)
                Assert.Equal(Shapley(model, row, feature), contributions[feature].LogOdds, 1e-9);
            Assert.All(contributions.Skip(Asked), one => Assert.Equal(0, one.LogOdds));
        }
    }

    [Fact]
    public void Contributions_and_the_base_value_add_up_to_the_log_odds()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var (model, row) = (Model(random), Row(random));
            Assert.Equal(model.LogOdds(row), model.BaseValue + model.Contributions(row).Sum(one => one.LogOdds), 1e-9);
        }
    }

    [Fact]
    public void A_model_read_again_says_the_same()
    {
        var random = new Random(7);
        var model = Model(random);
        var text = model.Write();
        var again = ChurnModel.Read(text);
        for (var times = 0; times < 100; times++)
        {
            var row = Row(random);
            Assert.Equal(model.Probability(row), again.Probability(row));
            // Covers are written as single-precision numbers.
            foreach (var (told, retold) in model.Contributions(row).Zip(again.Contributions(row)))
                Assert.Equal(told.LogOdds, retold.LogOdds, 1e-5);
        }
        Assert.Equal(text, again.Write());
    }

    [Fact]
    public void A_model_may_name_its_features_in_any_order()
    {
        var last = Features.Names[^1];
        var model = ChurnModel.Read(
            "{\"format\":\"lstep-churn-1\",\"features\":[\"" + last + "\"],\"bias\":0,\"trees\":[{\"f\":[0,-1,-1],\"t\":[0.5,0,0],"
                + "\"l\":[1,0,0],\"r\":[2,0,0],\"v\":[0,-1,1],\"c\":[2,1,1]}],\"calibration\":{\"scores\":[],\"probabilities\":[]}}");
        var row = new float[Features.Count];
        row[^1] = 1;
        Assert.Equal(1, model.LogOdds(row));
        Assert.Equal(1 / (1 + Math.Exp(-1)), model.Probability(row));
    }

    [Theory]
    [InlineData("lstep-churn-1", "lstep-churn-9")]
    [InlineData("\"silent_days\"", "\"horoscope\"")]
    [InlineData("\"scores\":[-2,0,2]", "\"scores\":[2,0,-2]")]
    [InlineData("\"probabilities\":[0.1,0.4,0.9]", "\"probabilities\":[0.1,0.4,1.9]")]
    [InlineData("\"l\":[", "\"l\":[0,")]
    [InlineData("\"trees\":[", "\"trees\":[{},")]
    [InlineData("\"trees\":[", "\"trees\":[{\"f\":[0,-1],\"t\":[1,0],\"l\":[0,0],\"r\":[1,0],\"v\":[0,1],\"c\":[2,1]},")]
    [InlineData("{", "[")]
    public void A_model_that_cannot_be_used_is_refused(string part, string instead)
    {
        var text = Model(new Random(7)).Write();
        Assert.Contains(part, text, StringComparison.Ordinal);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ChurnModel.Read(text[..at] + instead + text[(at + part.Length)..]));
    }

    [Fact]
    public void A_probability_allocates_nothing()
    {
        var random = new Random(3);
        var (model, row) = (Model(random), Row(random));
        for (var warm = 0; warm < 100; warm++) model.Probability(row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var times = 0; times < 1_000; times++) model.Probability(row);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
