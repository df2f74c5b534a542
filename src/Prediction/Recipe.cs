namespace LStep.Prediction;

public enum TreeMaker { FastTree, LightGbm }

/// <summary>How one ensemble is grown.</summary>
public sealed record Recipe(TreeMaker Maker, int Trees, int Leaves, double LearningRate, int RowsPerLeafMin, double FeatureShare)
{
    /// <summary>Share of the rows that a tree sees.</summary>
    public double RowShare { get; init; } = 0.7;

    public override string ToString() =>
        $"{Maker}: {Trees} trees of {Leaves} leaves, learning rate {LearningRate}, {RowsPerLeafMin} rows a leaf, "
            + $"{FeatureShare:P0} of features, {RowShare:P0} of rows";
}
