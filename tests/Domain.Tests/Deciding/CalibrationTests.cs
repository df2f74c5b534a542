using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Deciding;

public class CalibrationTests
{
    static IEnumerable<Outcome> Level(decimal confidence, int right, int wrong, int byPerson = 20) =>
        Enumerable.Range(0, right + wrong).Select(i => new Outcome(1, confidence, i < right, i < byPerson));

    [Fact]
    public void A_rule_needs_200_outcomes_and_20_by_a_person()
    {
        Assert.Empty(CalibrationFit.Of(1, Level(0.9m, 199, 0)).Curves);
        Assert.Empty(CalibrationFit.Of(1, Level(0.9m, 200, 0, byPerson: 19)).Curves);
        Assert.Single(CalibrationFit.Of(1, Level(0.9m, 200, 0)).Curves);
    }

    [Fact]
    public void Levels_that_fall_are_pooled_and_the_curve_is_read_as_steps()
    {
        var outcomes = Level(0.80m, 50, 50).Concat(Level(0.85m, 90, 10)).Concat(Level(0.90m, 70, 30)).Concat(Level(0.95m, 99, 1));
        var curve = Assert.Single(CalibrationFit.Of(7, outcomes).Curves);

        Assert.Equal([(0.80m, 0.5m), (0.85m, 0.8m), (0.95m, 0.99m)], curve.Steps.ToArray());
        Assert.Equal([0.5m, 0.5m, 0.8m, 0.8m, 0.99m], new[] { 0.70m, 0.849m, 0.85m, 0.949m, 1m }.Select(curve.Read));
    }

    [Fact]
    public void Every_fit_ascends()
    {
        for (var seed = 1; seed < 50; seed++)
        {
            var chance = new Chance((ulong)seed);
            var outcomes = Enumerable.Range(0, 400).Select(i => new Outcome(1, 0.7m + chance.Below(31) / 100m, chance.Below(3) > 0, i < 30))
                .ToList();
            var steps = Assert.Single(CalibrationFit.Of(1, outcomes).Curves).Steps;
            Assert.All(
                steps.Zip(steps.Skip(1)), pair => Assert.True(pair.First.From < pair.Second.From && pair.First.Value <= pair.Second.Value));
        }
    }
}
