using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;
using LStep.Domain.Recommending;

namespace LStep.Domain.Tests.Recommending;

/// <summary>What is planted is found, and what is only chance is not.</summary>
public sealed class RecommendingTests
{
    private static readonly RuleSet Set = DefaultRules.Version1(DateTimeOffset.UnixEpoch);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [InlineData(0, 10, 0.5, 1)]
    [InlineData(10, 10, 0.5, 1.0 / 1024)]
    [InlineData(9, 10, 0.5, 11.0 / 1024)]
    [InlineData(3, 3, 0.1, 0.001)]
    [InlineData(1, 2, 0.25, 0.4375)]
    public void The_tail_of_a_binomial_is_exact(long part, long whole, double each, double expected) =>
        Assert.Equal(expected, Chance.AtLeast(part, whole, each), 12);

    [Fact]
    public void The_tail_of_a_large_one_is_near_that_of_the_normal_distribution() =>
        Assert.InRange(Chance.AtLeast(50_500, 100_000, 0.5), 0.00078, 0.00080);

    [Fact]
    public void A_share_has_the_interval_of_Wilson()
    {
        var share = Chance.Share("share", 10, 40);
        Assert.Equal((0.25, 0.1419, 0.4019), (share.Value, Math.Round(share.Low!.Value, 4), Math.Round(share.High!.Value, 4)));
    }

    [Fact]
    public void A_rule_whose_alarms_are_mostly_false_is_to_ask_first_and_one_that_asks_is_to_be_switched_off()
    {
        var found = FalseAlarms.Of([new(3, 100, 20, 60), new(6, 60, 55, 0), new(7, 100, 10, 20), new(8, 20, 20, 0)], Set);

        Assert.Equal(["rule:6", "rule:3"], found.Select(one => one.Subject));
        Assert.False(Rule(found[0], 6).Active);
        Assert.True(Rule(found[1], 3).RequiresApproval);
        Assert.Equal(14, found[1].Rules.Zip(Set.Rules).Count(pair => pair.First == pair.Second));
        Assert.Equal(0.8, found[1].Figures[0].Value);
        Assert.Contains("Of 100 alarms whose outcome is known, 80 were false", found[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rules_whose_alarms_are_as_often_right_as_false_are_left_alone(int seed)
    {
        var random = new Random(seed);
        var cases = Set.Rules.Select(rule => (rule.Id, Cases: 30 + random.Next(400)))
            .Select(one => new AlarmCases(one.Id, one.Cases, 0, Drawn(random, one.Cases, 0.42))).ToList();
        Assert.Empty(FalseAlarms.Of(cases, Set));
    }

    [Fact]
    public void A_campaign_that_would_have_shown_an_effect_is_named_and_one_with_too_few_people_is_not()
    {
        var campaign = DefaultCampaigns.Campaigns.Single(one => one.Name == "personal_check_in");
        var none = new CampaignOutcome(campaign, new(40_000, 8_000), new(9_000, 1_810), new(40_000, 4_000), new(9_000, 905));
        var few = none with { Converted = new(400, 80), ConvertedHeldOut = new(200, 40) };
        var helps = none with { Converted = new(40_000, 11_000) };
        var helpsToRecover = none with { Recovered = new(40_000, 8_000) };

        Assert.Equal("campaign:personal_check_in", Assert.Single(CampaignEffects.Of([none])).Subject);
        Assert.Empty(CampaignEffects.Of([few, helps, helpsToRecover, none with { Campaign = campaign with { Active = false } }]));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Campaigns_that_help_by_ten_points_are_not_named(int seed)
    {
        var random = new Random(seed);
        Assert.Empty(CampaignEffects.Of([.. DefaultCampaigns.Campaigns.Select(campaign => new CampaignOutcome(
            campaign, Arm(9_000, 0.30), Arm(1_000, 0.20), Arm(9_000, 0.30), Arm(1_000, 0.20)))]));

        ArmCounts Arm(int people, double rate) => new(people, Drawn(random, people, rate));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_lesson_that_silence_follows_is_found_among_many_and_no_other(int seed)
    {
        var random = new Random(seed);
        var lessons = Enumerable.Range(0, 60).Select(n => Lesson(random, $"l{n}", n == 17 ? 0.30 : 0.08)).ToList();

        Assert.Equal("lesson:l17", Assert.Single(LessonSilences.Of(lessons, All(lessons))).Subject);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Lessons_that_silence_follows_alike_are_left_alone(int seed)
    {
        var random = new Random(seed);
        var lessons = Enumerable.Range(0, 200).Select(n => Lesson(random, $"l{n}", 0.1)).ToList();
        Assert.Empty(LessonSilences.Of(lessons, All(lessons)));
    }

    private static LessonCount Lesson(Random random, string id, double rate)
    {
        var learners = 30 + random.Next(300) + (rate > 0.2 ? 100 : 0);
        return new LessonCount("lesson", id, learners, Drawn(random, learners, rate));
    }

    private static LessonCount All(List<LessonCount> lessons) =>
        new("lesson", "", lessons.Sum(one => one.Learners), lessons.Sum(one => one.Silent));

    private static Rule Rule(Recommendation from, int id) => from.Rules.Single(rule => rule.Id == id);

    private static int Drawn(Random random, int of, double rate) => Enumerable.Range(0, of).Count(_ => random.NextDouble() < rate);
}
