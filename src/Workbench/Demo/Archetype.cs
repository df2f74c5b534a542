using LStep.Domain.Measuring;

namespace LStep.Workbench.Demo;

/// <summary>A way to be a learner. Presence is the probability of a day with activity, by days since joining.</summary>
/// <param name="Share">Of the population, in percent.</param>
/// <param name="Lessons">Probability of a lesson at each step of a session.</param>
/// <param name="Score">Mean of the assessment scores.</param>
/// <param name="Talk">Probability of a word in the community at each step.</param>
/// <param name="Tiers">Shares of Freemium and Pro in percent; the rest is Enterprise.</param>
public sealed record Archetype(
    string Name, int Share, double Lessons, double Score, double Talk, (int Freemium, int Pro) Tiers, Func<int, DayOfWeek, double> Presence)
{
    private static bool IsWeekend(DayOfWeek day) => day is DayOfWeek.Saturday or DayOfWeek.Sunday;

    public static IReadOnlyList<Archetype> All { get; } =
    [
        new("steady", 24, 0.22, 79, 0.05, (45, 45), (_, day) => IsWeekend(day) ? 0.25 : 0.62),
        new("sprinter", 9, 0.42, 84, 0.04, (40, 50), (since, _) => since < 45 ? 0.9 : since < 70 ? 0.35 : 0.04),
        new("master", 11, 0.30, 91, 0.16, (20, 55), (since, day) => since < 200 ? IsWeekend(day) ? 0.5 : 0.78 : 0.3),
        new("fading", 17, 0.18, 72, 0.03, (60, 35), (since, _) => 0.75 * Math.Exp(-since / 38.0)),
        new("weekend", 8, 0.30, 80, 0.05, (50, 40), (_, day) => IsWeekend(day) ? 0.88 : 0.03),
        new("returning", 10, 0.24, 76, 0.05, (45, 45), (since, _) => since % 95 < 42 ? 0.6 : 0.0),
        new("never started", 6, 0, 0, 0, (75, 23), (since, _) => since < 2 ? 0.25 : 0.0),
        new("failing", 7, 0.20, 41, 0.03, (50, 45), (since, _) => since < 80 ? 0.58 : 0.12),
        new("silent account", 5, 0.22, 82, 0.03, (0, 0), (since, day) => since % 34 < 21 && !IsWeekend(day) ? 0.6 : 0.0),
        new("visitor", 3, 0.15, 70, 0.02, (100, 0), (since, _) => since < 9 ? 0.6 : 0.0),
    ];

    public static Archetype At(int percent)
    {
        foreach (var each in All)
            if ((percent -= each.Share) < 0)
                return each;
        return All[0];
    }
}
