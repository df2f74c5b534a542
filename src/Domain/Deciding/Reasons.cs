using System.Globalization;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>Why a rule was met, in one line for people: "days_since_login 5 >= 5, engagement_score 12.3 < 40".</summary>
static class Reasons
{
    public static string Of(Rule rule, Measures measures) =>
        string.Join(", ", Clauses.Of(rule, new Measured(measures)).Where(clause => clause.Met).Select(Text));

    static string Text(ClauseView clause) => $"{clause.Metric} {Text(clause.Observed)} {clause.Operator} {clause.Threshold}";

    static string Text(MetricValue value) =>
        value.Number is { } number ? number.ToString("0.##", CultureInfo.InvariantCulture)
        : value.Text ?? (value.List is { } list ? $"[{string.Join(" ", list)}]" : "-");
}
