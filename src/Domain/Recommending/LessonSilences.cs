using System.Collections.Immutable;
using System.Globalization;

namespace LStep.Domain.Recommending;

/// <summary>A lesson or module of those that learners complete.</summary>
/// <param name="Kind">lesson or module.</param>
/// <param name="Id">As the events name it.</param>
/// <param name="Learners">Who completed it, of whom the days after it are known.</param>
/// <param name="Silent">Of them, those for whom it was the last one before so many silent days.</param>
public sealed record LessonCount(string Kind, string Id, long Learners, long Silent);

/// <summary>Lessons after which learners fall silent far more often than after others, beyond chance over all lessons together.</summary>
public static class LessonSilences
{
    public const int LearnersMin = 30;
    public const int SilentDays = 14;

    /// <summary>How far back completions are looked at.</summary>
    public const int SinceDays = 365;

    /// <summary>Told of one run at most, the worst first.</summary>
    public const int Max = 5;

    /// <summary>So many times as often as after others; less is not worth a change of the course.</summary>
    const double LiftMin = 1.5;

    const int IdCharsMax = 80;

    /// <param name="all">Every lesson of a kind together, those with few learners too.</param>
    public static ImmutableArray<Recommendation> Of(IReadOnlyList<LessonCount> lessons, LessonCount all)
    {
        var known = lessons.Where(one => one.Learners >= LearnersMin).ToList();
        return
        [
            .. known.Where(one => IsFar(one, all, known.Count)).OrderByDescending(one => (double)one.Silent / one.Learners)
                .ThenBy(one => one.Id, StringComparer.Ordinal).Take(Max).Select(one => Told(one, all)),
        ];
    }

    static bool IsFar(LessonCount one, LessonCount all, int compared)
    {
        var others = Others(one, all);
        if (others.Learners < LearnersMin) return false;
        // The upper end of what the others come to, so that a small rest does not pass for a sure one.
        var rest = Chance.Share("", others.Silent, others.Learners);
        return (double)one.Silent / one.Learners >= LiftMin * rest.Value
            && Chance.AtLeast(one.Silent, one.Learners, rest.High!.Value) < Chance.Alpha / compared;
    }

    static (long Learners, long Silent) Others(LessonCount one, LessonCount all) =>
        (all.Learners - one.Learners, all.Silent - one.Silent);

    static Recommendation Told(LessonCount one, LessonCount all)
    {
        var others = Others(one, all);
        var name = one.Id.Length <= IdCharsMax ? one.Id : one.Id[..IdCharsMax] + "…";
        var (here, rest) = (Chance.Share("silent_share", one.Silent, one.Learners), Chance.Share(
            "silent_share_others", others.Silent, others.Learners));
        return new Recommendation(
            RecommendationKind.SilenceAfterLesson, $"{one.Kind}:{one.Id}", $"Learners fall silent after {one.Kind} {name}",
            $"Of {one.Learners} learners who completed {one.Kind} {name}, {one.Silent} ({Percent(here.Value)}) completed nothing after it "
            + $"before {SilentDays} silent days or more; after others it is {Percent(rest.Value)}. Learners in mastery are left out. Look "
            + "at what comes after it: the step may be too large, or the next one hard to find.",
            Recommendation.Named(("days", $"{SilentDays}"), ("id", name), ("kind", one.Kind)),
            [here, rest, new("learners", one.Learners), new("silent", one.Silent)], "/customers?tag=ST_004", []);
    }

    static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
