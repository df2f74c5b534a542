using System.Numerics;

namespace LStep.Domain.Analysing;

/// <summary>
/// The ranges that minutes are counted in beside their exact values, so that a median of a great many looks at one of them only. Up to 63 a
/// value is a range of its own; above, 32 ranges make each power of two.
/// </summary>
public static class MedianBucket
{
    const int ExactBits = 6;

    /// <summary>The lowest value of the range that a value is in.</summary>
    public static int Of(int value) => value >> Shift(value) << Shift(value);

    /// <param name="lowest">As <see cref="Of"/> gives it.</param>
    public static int Highest(int lowest) => lowest + ((1 << Shift(lowest)) - 1);

    static int Shift(int value) => Math.Max(0, BitOperations.Log2((uint)value) + 1 - ExactBits);
}
