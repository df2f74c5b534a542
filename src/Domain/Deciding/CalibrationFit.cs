using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>How decisions of a rule with the same confidence turned out.</summary>
/// <param name="Confidence">The plain figure it was made with.</param>
/// <param name="Right">Approved, or automatic and standing after 14 days; false: rejected, or undone or overridden within 14 days.</param>
/// <param name="ByPerson">A person decided: approved, rejected, undid or overrode.</param>
/// <param name="Count">How many.</param>
public readonly record struct Outcome(int RuleId, decimal Confidence, bool Right, bool ByPerson, int Count = 1);

/// <summary>Isotonic fit of how often a rule was right against its confidence: pool adjacent violators.</summary>
public static class CalibrationFit
{
    public const int OutcomesMin = 200;
    public const int ByPersonMin = 20;

    /// <summary>Curves of the rules with outcomes enough, by rule id.</summary>
    public static Calibration Of(int number, IEnumerable<Outcome> outcomes) => new(number,
    [
        .. outcomes.GroupBy(outcome => outcome.RuleId).OrderBy(rule => rule.Key)
            .Where(rule => Count(rule) >= OutcomesMin && Count(rule.Where(outcome => outcome.ByPerson)) >= ByPersonMin)
            .Select(rule => new CalibrationCurve(rule.Key, Steps(rule))),
    ]);

    static int Count(IEnumerable<Outcome> outcomes) => outcomes.Sum(outcome => outcome.Count);

    static ImmutableArray<(decimal From, decimal Value)> Steps(IEnumerable<Outcome> outcomes)
    {
        var blocks = new List<(decimal From, int Right, int Count)>();
        foreach (var level in outcomes.GroupBy(outcome => outcome.Confidence).OrderBy(level => level.Key))
        {
            var block = (From: level.Key, Right: Count(level.Where(outcome => outcome.Right)), Count: Count(level));
            // Compared as cross products: a share of thirds has no exact decimal.
            while (blocks.Count > 0 && (long)blocks[^1].Right * block.Count >= (long)block.Right * blocks[^1].Count)
            {
                block = (blocks[^1].From, blocks[^1].Right + block.Right, blocks[^1].Count + block.Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(block);
        }
        return [
            .. blocks.Select(block => (block.From, decimal.Round((decimal)block.Right / block.Count, 3, MidpointRounding.AwayFromZero)))];
    }
}
