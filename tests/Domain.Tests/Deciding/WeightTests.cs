using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Deciding;

public class WeightTests
{
    [Theory]
    // metric, operator, threshold, observed → margin
    [InlineData("ltv_value", ">=", "2", 2, 0)]
    [InlineData("ltv_value", ">=", "2", 2.4, 0.4)]
    [InlineData("ltv_value", ">=", "2", 9, 1)]
    [InlineData("ltv_value", ">=", "70", 75, 0.2857)]
    [InlineData("ltv_value", "<", "40", 35, 0.5)]
    [InlineData("ltv_value", "<=", "-50", -60, 0.8)]
    [InlineData("ltv_value", "<=", "0", 0, 0)]
    [InlineData("ltv_value", "between", "[10,20]", 11, 0.4)]
    [InlineData("ltv_value", "between", "[10,20]", 18, 0.4)]
    [InlineData("ltv_value", "==", "5", 5, 1)]
    [InlineData("ltv_value", "!=", "5", 4, 1)]
    [InlineData("ltv_value", "in", "[5]", 5, 1)]
    [InlineData("ltv_value", "not_in", "[5]", 4, 1)]
    [InlineData("modules_completed", "<=", "0", 0, 1)]
    [InlineData("modules_completed", "==", "0", 0, 1)]
    [InlineData("modules_completed", "<=", "4", 3, 1)]
    [InlineData("modules_completed", ">=", "8", 9, 0.5)]
    public void The_margin_is_the_distance_in_quarters_of_the_threshold(
        string metric, string op, string value, double observed, double margin)
    {
        var customer = Figures.Customer(ltv: (decimal)observed).Lived(life => life with { Modules = (int)observed });
        var weight = Weight.Of(
            Figures.Conditions($$$"""{"{{{metric}}}":{"operator":"{{{op}}}","value":{{{value}}}}}"""), Figures.Seen(customer));
        Assert.Equal((decimal)margin, decimal.Round(weight.MeanMargin, 4));
    }

    [Theory]
    // clause → evidence after 3 observed days
    [InlineData("""{"modules_completed":{"operator":"<","value":9}}""", true)]
    [InlineData("""{"lessons_completed_30d":{"operator":"<=","value":0}}""", true)]
    [InlineData("""{"engagement_score":{"operator":"<","value":40}}""", true)]
    [InlineData("""{"days_since_login":{"operator":">=","value":1}}""", true)]
    [InlineData("""{"days_since_enrollment":{"operator":">","value":1}}""", true)]
    [InlineData("""{"not":{"modules_completed":{"operator":">=","value":9}}}""", true)]
    [InlineData("""{"not":{"days_since_login":{"operator":"<","value":1}}}""", true)]
    [InlineData("""{"modules_completed":{"operator":">=","value":0}}""", false)]
    [InlineData("""{"modules_completed":{"operator":"==","value":0}}""", false)]
    [InlineData("""{"days_since_login":{"operator":"<","value":9}}""", false)]
    [InlineData("""{"days_in_status":{"operator":">=","value":1}}""", false)]
    [InlineData("""{"curriculum_completion":{"operator":"<","value":90}}""", false)]
    [InlineData("""{"ltv_value":{"operator":"<","value":90}}""", false)]
    [InlineData("""{"customer_tier":"Pro"}""", false)]
    public void Evidence_grows_over_seven_days_for_what_only_time_can_show(string conditions, bool needsTime)
    {
        decimal After(int days) =>
            Weight.Of(Figures.Conditions(conditions), Figures.Seen(Figures.Customer(days, ltv: 1, tier: Tier.Pro))).Evidence;

        Assert.Equal(needsTime ? 3m / 7 : 1, After(3));
        Assert.Equal(1, After(7));
        Assert.Equal(1, After(40));
    }

    [Theory]
    // the tree, with ltv 6, 3 modules → clauses that count, their margins
    [InlineData("""{"all":[{"ltv_value":{"operator":">","value":5}},{"modules_completed":{"operator":">=","value":3}}]}""", 2, 0.8)]
    [InlineData("""{"any":[{"modules_completed":{"operator":">=","value":3}},{"ltv_value":{"operator":">","value":5.5}}]}""", 1, 0.3636)]
    [InlineData("""{"any":[{"ltv_value":{"operator":"<","value":1}},{"modules_completed":{"operator":">=","value":3}}]}""", 1, 0)]
    [InlineData("""{"not":{"any":[{"ltv_value":{"operator":"<","value":5}},{"modules_completed":{"operator":">=","value":4}}]}}""", 2, 1.8)]
    [InlineData("""{"not":{"all":[{"ltv_value":{"operator":"<","value":5}},{"modules_completed":{"operator":">=","value":4}}]}}""", 1, 1)]
    public void All_counts_every_clause_any_the_best_met_branch_and_not_turns_round(string conditions, int clauses, double margin)
    {
        var customer = Figures.Customer(ltv: 6).Lived(life => life with { Modules = 3 });
        var weight = Weight.Of(Figures.Conditions(conditions), Figures.Seen(customer));
        Assert.Equal((clauses, (decimal)margin), (weight.Clauses, decimal.Round(weight.Margin, 4)));
    }

    [Theory]
    [InlineData(1, 0.2857142857142857, 2, 0.796)]
    [InlineData(2, 0.2857142857142857, 2, 0.871)]
    [InlineData(1, 0.99, 1, 0.999)]
    [InlineData(1, 0.99667, 1, 1.0)]
    public void Confidence_is_rounded_half_up_to_three_places(double evidence, double margin, int clauses, double confidence) =>
        Assert.Equal((decimal)confidence, new Weight((decimal)evidence, (decimal)margin, clauses).Confidence);
}
