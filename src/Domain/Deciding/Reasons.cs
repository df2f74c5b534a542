using System.Globalization;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>Why a rule was met, in one line for people: "days_since_login 5 >= 5, engagement_score 12.3 < 40".</summary>
static class Reasons
{
    static readonly string Probability = Metrics.Name(Metric.ChurnProbability);

    public static string Of(Rule rule, Measures measures) =>
        string.Join(", ", Clauses.Of(rule, new Measured(measures)).Where(clause => clause.Met).Select(Text));

    static string Text(ClauseView clause) =>
        $"{clause.Metric} {Text(clause.Observed, clause.Metric == Probability ? "0.####" : "0.##")} {clause.Operator} {clause.Threshold}";

    static string Text(MetricValue value, string format) =>
        value.Number is { } number ? number.ToString(format, CultureInfo.InvariantCulture)
        : value.Text ?? (value.List is { } list ? $"[{string.Join(" ", list)}]" : "-");
}
