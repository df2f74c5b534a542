using System.Numerics;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Measuring;

/// <summary>
/// The contract's sections 4 to 7 once more, the slow and obvious way: from the whole list of activities, each time from the beginning.
/// </summary>
sealed class Naive(IEnumerable<Activity> activities, TimeZoneInfo zone, DateTimeOffset now)
{
    readonly List<Activity> all = [.. activities.OrderBy(a => a.OccurredAt).ThenBy(a => a.MessageId, StringComparer.Ordinal)];

    public IEnumerable<Activity> Learning => all.Where(a => a.Type is < ActivityType.NpsResponse);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).Date);

    public DateOnly Today => DayOf(now);

    public List<Activity> On(DateOnly day) => [.. Learning.Where(a => DayOf(a.OccurredAt) == day)];

    public IEnumerable<DateOnly> Days(int last, int until = 0) => Enumerable.Range(until, last - until).Select(age => Today.AddDays(-age));

    public List<(DateTimeOffset First, DateTimeOffset Last)> Sessions(DateOnly day)
    {
        var sessions = new List<(DateTimeOffset First, DateTimeOffset Last)>();
        foreach (var at in On(day).Select(a => a.OccurredAt))
            if (sessions.Count > 0 && at - sessions[^1].Last <= TimeSpan.FromMinutes(30)) sessions[^1] = (sessions[^1].First, at);
            else sessions.Add((at, at));
        return sessions;
    }

    public long Milliseconds(DateOnly day) => Sessions(day).Sum(s => Math.Max(60_000, (long)(s.Last - s.First).TotalMilliseconds));

    public int Features(IEnumerable<DateOnly> days) =>
        days.SelectMany(On).Where(a => a.Type == ActivityType.FeatureUse).Select(a => a.Subject).Distinct().Count();

    public int Count(IEnumerable<DateOnly> days, ActivityType type) => days.SelectMany(On).Count(a => a.Type == type);

    public int Lessons(IEnumerable<DateOnly> days) => days.Sum(day => Once(On(day), ActivityType.LessonCompleted).Count());

    /// <summary>The completions that count: of each module the earliest of all, and those without an id.</summary>
    public IEnumerable<Activity> Modules => Once(Learning, ActivityType.ModuleCompleted);

    public int ModulesOn(IEnumerable<DateOnly> days) => days.Sum(day => Modules.Count(a => DayOf(a.OccurredAt) == day));

    public IEnumerable<DateOnly> AllDays => Learning.Select(a => DayOf(a.OccurredAt)).Distinct();

    static IEnumerable<Activity> Once(IEnumerable<Activity> ordered, ActivityType type) =>
        ordered.Where(a => a.Type == type).GroupBy(a => string.IsNullOrWhiteSpace(a.Subject) ? a.MessageId : $"id {a.Subject}")
            .Select(same => same.First());

    public List<decimal> Scores(IEnumerable<DateOnly> days) =>
        [.. days.SelectMany(On).Where(a => a.Type == ActivityType.AssessmentTaken && a.Score is not null).Select(a => a.Score!.Value)];

    /// <summary>Scores in fractions: numerators over one common denominator.</summary>
    public (int Engagement, int Progress, int Community, int Overall) DayScores(DateOnly day)
    {
        DateOnly[] only = [day];
        var scores = Scores(only);
        BigInteger n = Math.Max(1, scores.Count);
        // Engagement over 240,000 and progress over 20·n; assessment scores are whole halves in these streams.
        var engagement = BigInteger.Min(24_000_000, 240_000 * new BigInteger(
            20 * Sessions(day).Count + 10 * Math.Min(5, Features(only))) + Math.Min(Milliseconds(day), 7_200_000));
        var progress = BigInteger.Min(
            2_000 * n, 20 * n * (25 * Lessons(only) + 20 * Count(only, ActivityType.AssessmentTaken) + 15 * ModulesOn(only))
            + (BigInteger)(6 * scores.Sum()));
        var community = Math.Min(100, 15 * Count(only, ActivityType.ForumPost) + 10 * Count(only, ActivityType.Comment)
            + 20 * Count(only, ActivityType.Question) + 25 * Count(only, ActivityType.Answer));
        var overall = 4 * engagement * 20 * n + 4 * progress * 240_000 + 2 * community * 4_800_000 * n;
        return (Rounded(engagement, 240_000), Rounded(progress, 20 * n), community, Rounded(overall, 48_000_000 * n));
    }

    public DateTimeOffset Enrolled(Profile profile) => profile.EnrolledAtTrait ?? all[0].OccurredAt;

    public DateTimeOffset Available(Profile profile) =>
        profile.StartsAtTrait is { } starts && starts > Enrolled(profile) ? starts : Enrolled(profile);

    /// <summary>Whom we first hear of later was not observed before.</summary>
    public DateTimeOffset Observed(Profile profile) => new[] { Available(profile), all[0].OccurredAt }.Max();

    public DateOnly Start(Profile profile) =>
        DayOf(Learning.FirstOrDefault() is { } first && first.OccurredAt < Observed(profile) ? first.OccurredAt : Observed(profile));

    public decimal? MeanOf(
        Profile profile, IEnumerable<DateOnly> days, Func<(int Engagement, int Progress, int Community, int Overall), int> score)
    {
        var observed = days.Where(day => day >= Start(profile)).ToList();
        return observed.Count == 0 ? null : (decimal)observed.Sum(day => score(DayScores(day))) / observed.Count;
    }

    public DateTimeOffset? LastLogin => Learning.Where(a => a.Type == ActivityType.Login).Select(a => a.OccurredAt)
        .Concat(Learning.Select(a => DayOf(a.OccurredAt)).Distinct().SelectMany(Sessions).Select(s => s.First)).Cast<DateTimeOffset?>()
            .Max();

    public DateTimeOffset? Last(params ActivityType[] types) => all.LastOrDefault(a => types.Contains(a.Type))?.OccurredAt;

    public IEnumerable<Activity> All => all;

    static int Rounded(BigInteger numerator, BigInteger denominator) => (int)((2 * numerator + denominator) / (2 * denominator));
}
