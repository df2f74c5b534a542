namespace LStep.Domain.Predicting;

/// <summary>One node of a regression tree; the root is the first of its tree.</summary>
/// <param name="Feature">What an inner node asks for; below zero in a leaf.</param>
/// <param name="Threshold">Values up to it go left.</param>
/// <param name="Left">The child's place in the tree.</param>
/// <param name="Right">The child's place in the tree.</param>
/// <param name="Value">Log odds that a leaf adds.</param>
/// <param name="Cover">Training rows that came through the node.</param>
public readonly record struct TreeNode(int Feature, float Threshold, int Left, int Right, double Value, double Cover)
{
    public bool IsLeaf => Feature < 0;
}
