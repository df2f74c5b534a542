using LStep.Domain;
using LStep.Domain.Deciding;

namespace LStep.Grains.Rules;

/// <summary>A live version and one that runs beside it.</summary>
public readonly record struct VersionPair(int Live, int Shadow);

/// <summary>What was compared between two writes.</summary>
/// <param name="Agreed">Evaluations at which both asked for the same.</param>
/// <param name="Differences">Of each customer the last one, and how many there were.</param>
public sealed record Compared(
    IReadOnlyDictionary<VersionPair, long> Agreed, IReadOnlyDictionary<(VersionPair, SetOutcome Live, SetOutcome Shadow), long> Differed,
    IReadOnlyDictionary<string, (VersionPair Pair, ShadowDifference Last, long Times)> Differences);

/// <summary>
/// Gathers in memory what the set in shadow asked for, until it is written: a comparison costs an evaluation no statement. Of more
/// customers than have room between two writes only the counts are kept.
/// </summary>
public sealed class ShadowCounts
{
    private const int CustomersMax = 100_000;

    private readonly Lock gate = new();
    private Dictionary<VersionPair, long> agreed = [];
    private Dictionary<(VersionPair, SetOutcome, SetOutcome), long> differed = [];
    private Dictionary<string, (VersionPair, ShadowDifference, long)> differences = new(StringComparer.Ordinal);

    public void Add(ShadowComparison comparison)
    {
        var pair = new VersionPair(comparison.LiveVersion, comparison.ShadowVersion);
        lock (gate)
        {
            agreed[pair] = agreed.GetValueOrDefault(pair) + comparison.Count - comparison.Differences.Length;
            foreach (var difference in comparison.Differences) Add(pair, difference);
        }
    }

    /// <summary>What came since the last time; null when nothing did.</summary>
    public Compared? Take()
    {
        lock (gate)
        {
            if (agreed.Count == 0) return null;
            var taken = new Compared(agreed, differed, differences);
            (agreed, differed, differences) = ([], [], new(StringComparer.Ordinal));
            return taken;
        }
    }

    private void Add(VersionPair pair, ShadowDifference difference)
    {
        var kind = (pair, difference.Live, difference.Shadow);
        differed[kind] = differed.GetValueOrDefault(kind) + 1;
        if (differences.TryGetValue(difference.CustomerId, out var known))
            differences[difference.CustomerId] = (pair, difference, known.Item1 == pair ? known.Item3 + 1 : 1);
        else if (differences.Count < CustomersMax) differences[difference.CustomerId] = (pair, difference, 1);
    }
}
