using LStep.Domain.Deciding;
using LStep.Domain.Recommending;

namespace LStep.Domain.Tests.Recommending;

/// <summary>Thresholds are chosen on one half of the learners and hold on the other, or nothing is told.</summary>
public sealed class ThresholdSearchTests
{
    private static readonly DateTimeOffset To = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Fact]
    public void Trials_change_one_threshold_of_one_rule_that_raises_an_alarm()
    {
        var rules = DefaultRules.Rules;
        var singles = ThresholdTrial.Singles(rules);

        Assert.Equal(ThresholdTrial.SinglesMax, singles.Length);
        Assert.Equal(singles.Length, singles.Select(one => RuleJson.Print(one.Rules)).Distinct().Count());
        Assert.All(singles, one => Assert.Single(one.Changes));
        Assert.All(singles, one => Assert.Equal(14, one.Rules.Zip(rules).Count(pair => pair.First == pair.Second)));
        Assert.Contains(singles, one => one.Changes[0] is { RuleId: 6, Metric: "days_since_login", From: 3, To: 2, Loosens: true });
        Assert.Contains(singles, one => one.Changes[0] is { RuleId: 3, Metric: "engagement_score", From: 40, To: 30, Loosens: false });
    }

    [Fact]
    public void Two_changes_of_different_clauses_go_together_and_those_of_the_same_do_not()
    {
        var singles = ThresholdTrial.Singles(DefaultRules.Rules);
        var (finds, saves) = (Of("days_since_login", loosens: true), Of("engagement_score", loosens: false));
        var live = new ThresholdSums(200, 100, 40, 100, 10);

        var pair = Assert.Single(ThresholdSearch.Pairs(
            DefaultRules.Rules, [(finds, live with { Found = 60, Alarms = 130 }), (saves, live with { Found = 38, Alarms = 60 })], live));

        Assert.Equal([finds.Changes[0], saves.Changes[0]], pair.Changes.AsEnumerable());
        var opposite = Of("days_since_login", loosens: false);
        Assert.Empty(ThresholdSearch.Pairs(
            DefaultRules.Rules, [(finds, live with { Found = 60, Alarms = 130 }), (opposite, live with { Found = 30, Alarms = 60 })],
            live));

        ThresholdTrial Of(string metric, bool loosens) =>
            singles.First(one => one.Changes[0].RuleId == 3 && one.Changes[0].Metric == metric && one.Changes[0].Loosens == loosens);
    }

    [Fact]
    public void The_best_finds_most_at_no_more_alarms_and_there_is_none_of_few_who_fell_silent()
    {
        var singles = ThresholdTrial.Singles(DefaultRules.Rules);
        var live = new ThresholdSums(200, 100, 40, 100, 10);
        List<(ThresholdTrial, ThresholdSums)> tried =
        [
            (singles[0], live with { Found = 70, Alarms = 101 }), (singles[1], live with { Found = 50 }),
            (singles[2], live with { Found = 45 }),
        ];

        Assert.Same(singles[1], ThresholdSearch.Best(tried, live));
        Assert.Null(ThresholdSearch.Best(tried, live with { Silent = ThresholdSearch.SilentMin - 1 }));
        Assert.Null(ThresholdSearch.Best([(singles[0], live with { Alarms = 50 })], live));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_choice_that_holds_on_others_is_told_with_its_figures(int seed)
    {
        var (live, tried) = Halves(seed, gained: 0.6, lost: 0.05);
        var told = ThresholdSearch.Judge(Chosen, live, tried, To.AddDays(-90), To)!;

        Assert.Equal((RecommendationKind.Threshold, "rules:6"), (told.Kind, told.Subject));
        Assert.Equal(tried.Count(one => one.IsFound) / (double)live.Count(one => one.IsSilent), told.Figures[0].Value);
        Assert.Equal(RuleJson.Print(Chosen.Rules), RuleJson.Print(told.Rules));
        Assert.Null(ThresholdSearch.Judge(Chosen, live, [.. tried.Select(one => one with { Alarms = 2 })], To.AddDays(-90), To));
    }

    [Fact]
    public void A_choice_that_was_luck_is_told_in_one_of_twenty_cases_at_most()
    {
        var told = Enumerable.Range(1, 400).Count(seed =>
        {
            var (live, tried) = Halves(seed, gained: 0.2, lost: 0.2);
            return ThresholdSearch.Judge(Chosen, live, tried, To.AddDays(-90), To) is not null;
        });
        Assert.InRange(told, 0, 20);
    }

    private static ThresholdTrial Chosen => ThresholdTrial.Singles(DefaultRules.Rules)[0];

    private static (List<LearnerOutcome> Live, List<LearnerOutcome> Tried) Halves(int seed, double gained, double lost)
    {
        var random = new Random(seed);
        var live = Enumerable.Range(0, 200).Select(n => new LearnerOutcome(1, 0, n % 2 == 0, n % 4 == 0)).ToList();
        return (live, live.ConvertAll(one => !one.IsSilent ? one
            : one with { IsFound = one.IsFound ? random.NextDouble() >= lost : random.NextDouble() < gained }));
    }
}
