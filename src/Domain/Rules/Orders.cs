using System.Collections.Immutable;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>Metrics of which one is never more than the other: a shorter window, a part of the same, the later of two moments.</summary>
static class Orders
{
    static readonly ImmutableArray<(string Less, string More)> Pairs =
    [
        .. Enumerable.Range(0, (Metric.ActiveDays30d - Metric.Sessions7d + 1) / 2)
            .Select(pair => (Metric)((int)Metric.Sessions7d + 2 * pair))
            .Where(week => week != Metric.AssessmentAvgScore7d)
            .Select(week => Of(week, week + 1)),
        Of(Metric.ModulesCompleted30d, Metric.ModulesCompleted), Of(Metric.LessonsCompleted30d, Metric.LessonsCompleted),
        Of(Metric.AssessmentsTaken30d, Metric.AssessmentsTaken), Of(Metric.AssessmentsScored7d, Metric.AssessmentsTaken7d),
        Of(Metric.AssessmentsScored30d, Metric.AssessmentsTaken30d), Of(Metric.DaysSinceActivity, Metric.DaysSinceLogin),
        Of(Metric.ModulesCompleted7d, Metric.ModulesCompleted), Of(Metric.LessonsCompleted7d, Metric.LessonsCompleted),
        Of(Metric.AssessmentsTaken7d, Metric.AssessmentsTaken),
    ];

    /// <summary>Clauses that ask for less of the whole than of its part; empty when there are none.</summary>
    public static ImmutableArray<Literal> Broken(Region region)
    {
        foreach (var (less, more) in Pairs)
            if (region.Subjects.TryGetValue(less, out var part) && region.Subjects.TryGetValue(more, out var whole)
                && ((Allowed.Numbers)part).Set.Parts[0].Low > ((Allowed.Numbers)whole).Set.Parts[^1].High)
                return [.. region.Literals[more], .. region.Literals[less]];
        return [];
    }

    static (string, string) Of(Metric less, Metric more) => (Metrics.Name(less), Metrics.Name(more));
}
