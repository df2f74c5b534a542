using System.Collections.Frozen;
using System.Text;

namespace LStep.Domain.Measuring;

public enum MetricKind : byte { Number, Text, List }

/// <summary>The snake_case names of the metrics.</summary>
public static class Metrics
{
    static readonly Metric[] Members = Enum.GetValues<Metric>();
    static readonly string[] Names = [.. Members.Select(Snake)];
    static readonly FrozenDictionary<string, Metric> ByName = Members.ToFrozenDictionary(Name, StringComparer.Ordinal);

    public static ReadOnlySpan<Metric> All => Members;

    public static IReadOnlyList<string> AllNames => Names;

    public static string Name(Metric metric) => Names[(int)metric];

    public static bool TryParse(string name, out Metric metric) => ByName.TryGetValue(name, out metric);

    public static MetricKind KindOf(Metric metric) => metric switch
    {
        Metric.ScoreTrend or Metric.CustomerTier or Metric.ProductTag or Metric.PreviousTag => MetricKind.Text,
        Metric.RiskIndicators or Metric.BehaviorTags => MetricKind.List,
        _ => MetricKind.Number,
    };

    // A word begins with a capital, or with the digits of 7d and 30d.
    static string Snake(Metric metric)
    {
        var member = metric.ToString();
        var name = new StringBuilder();
        for (var i = 0; i < member.Length; i++)
        {
            if (i > 0 && (char.IsUpper(member[i]) || (char.IsDigit(member[i]) && !char.IsDigit(member[i - 1])))) name.Append('_');
            name.Append(char.ToLowerInvariant(member[i]));
        }
        return name.ToString();
    }
}
