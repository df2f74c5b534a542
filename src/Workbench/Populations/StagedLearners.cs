using LStep.Domain;
using LStep.Workbench.Replay;
using LStep.Workbench.Training;

namespace LStep.Workbench.Populations;

/// <summary>
/// OULAD learners in the midst of their courses: dates are moved by whole days so that the middle of a presentation is today, and its
/// learners stand at stages before and behind it; each learns at an hour of its own, and a day's activities come in one call.
/// </summary>
internal static class StagedLearners
{
    private const int Stages = 18, DaysApart = 10;

    /// <summary>The activities of each learner up to the present, in order of receipt; who has none yet is left out.</summary>
    public static List<List<Activity>> Until(IReadOnlyList<OuladPresentation> presentations, DateTimeOffset present)
    {
        var today = DateOnly.FromDateTime(present.UtcDateTime);
        return [.. presentations.SelectMany(whole => Staged(whole, today)).SelectMany(staged => new OuladLearners(staged, whole: true)
            .Activities.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => Received(one.Value.FindAll(activity => !OuladLearners.IsLeave(activity)), present))
            .Where(known => known.Count > 0))];
    }

    /// <summary>A day's activities come in one call, with the last of them.</summary>
    private static List<Activity> Received(List<Activity> activities, DateTimeOffset present) =>
    [
        .. activities.GroupBy(activity => activity.OccurredAt.UtcDateTime.Date).SelectMany(day =>
        {
            var at = day.Max(activity => activity.OccurredAt);
            return day.Select(activity => activity with { ReceivedAt = at });
        }).Where(activity => activity.ReceivedAt <= present),
    ];

    private static IEnumerable<OuladPresentation> Staged(OuladPresentation whole, DateOnly today)
    {
        var middle = today.DayNumber - whole.DayZero.DayNumber - whole.LastDay / 2;
        foreach (var stage in whole.Events().ToLookup(e => NumberOf(e.LearnerId) % Stages))
        {
            var days = middle - (int)(stage.Key - Stages / 2) * DaysApart;
            yield return whole with
            {
                DayZero = whole.DayZero.AddDays(days),
                Events = () => stage.Select(e => e with { OccurredAt = e.OccurredAt.AddDays(days).AddHours(HourOf(e.LearnerId)) }),
            };
        }
    }

    /// <summary>Between 4 and 20 o'clock instead of noon.</summary>
    private static long HourOf(string learner) => NumberOf(learner) / Stages % 17 - 8;

    private static long NumberOf(string learner) => long.Parse(learner.AsSpan(learner.LastIndexOf('-') + 1));
}
