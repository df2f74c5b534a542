using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Deciding;

public class ConditionTests
{
    [Theory]
    [InlineData(">=", "5", 5, true)]
    [InlineData(">=", "5", 4.9, false)]
    [InlineData(">", "5", 5.1, true)]
    [InlineData(">", "5", 5, false)]
    [InlineData("<=", "5", 5, true)]
    [InlineData("<=", "5", 5.1, false)]
    [InlineData("<", "5", 4.9, true)]
    [InlineData("<", "5", 5, false)]
    [InlineData("==", "5", 5, true)]
    [InlineData("==", "5", 6, false)]
    [InlineData("!=", "5", 6, true)]
    [InlineData("!=", "5", 5, false)]
    [InlineData("in", "[4,5]", 5, true)]
    [InlineData("in", "[4,5]", 6, false)]
    [InlineData("not_in", "[4,5]", 6, true)]
    [InlineData("not_in", "[4,5]", 4, false)]
    [InlineData("between", "[4,6]", 4, true)]
    [InlineData("between", "[4,6]", 6, true)]
    [InlineData("between", "[4,6]", 6.1, false)]
    public void Every_operator_compares_numbers_and_not_turns_it_round(string op, string value, double observed, bool met)
    {
        var seen = Figures.Seen(Figures.Customer(ltv: (decimal)observed));
        var clause = $$$"""{"ltv_value":{"operator":"{{{op}}}","value":{{{value}}}}}""";

        Assert.Equal(met, Conditions.IsMet(Figures.Conditions(clause), seen));
        Assert.Equal(!met, Conditions.IsMet(Figures.Conditions($$"""{"not":{{clause}}}"""), seen));
    }

    [Theory]
    [InlineData("""{"customer_tier":"Pro"}""", true)]
    [InlineData("""{"customer_tier":{"operator":"in","value":["Pro","Enterprise"]}}""", true)]
    [InlineData("""{"customer_tier":{"operator":"not_in","value":["Pro"]}}""", false)]
    [InlineData("""{"customer_tier":{"operator":"!=","value":"Freemium"}}""", true)]
    [InlineData("""{"product_tag":"PT_001"}""", true)]
    [InlineData("""{"risk_indicators":{"operator":"contains","value":"billing_risk"}}""", false)]
    [InlineData("""{"risk_indicators":{"operator":"contains","value":"never_started"}}""", true)]
    [InlineData("""{"not":{"risk_indicators":{"operator":"contains","value":"billing_risk"}}}""", true)]
    [InlineData("""{"traits.company":"Acme"}""", true)]
    [InlineData("""{"traits.company":{"operator":"contains","value":"cm"}}""", true)]
    [InlineData("""{"traits.seats":{"operator":">=","value":12}}""", true)]
    [InlineData("""{"traits.seats":{"operator":"<","value":12}}""", false)]
    [InlineData("""{"traits.trial":true}""", true)]
    [InlineData("""{"traits.skills":{"operator":"contains","value":"sql"}}""", true)]
    [InlineData("""{"any":[{"customer_tier":"Freemium"},{"traits.trial":true}]}""", true)]
    [InlineData("""{"not":{"any":[{"customer_tier":"Freemium"},{"traits.trial":true}]}}""", false)]
    [InlineData("""{"not":{"all":[{"customer_tier":"Freemium"},{"traits.trial":true}]}}""", true)]
    public void Texts_lists_traits_and_nesting_are_met_as_written(string conditions, bool met)
    {
        var customer = Figures.Customer(tier: Tier.Pro);
        customer = customer with
        {
            Profile = customer.Profile with
            {
                Traits = customer.Profile.Traits.Add("company", "\"Acme\"").Add("seats", "12").Add("trial", "true")
                    .Add("skills", """["sql","c#"]"""),
            },
        };
        Assert.Equal(met, Conditions.IsMet(Figures.Conditions(conditions), Figures.Seen(customer)));
    }

    [Theory]
    [InlineData("ltv_value", "1")]
    [InlineData("usual_gap", "1")]
    [InlineData("engagement_change_7d", "1")]
    [InlineData("final_assessment", "1")]
    [InlineData("churn_probability", "1")]
    [InlineData("traits.nothing", "1")]
    [InlineData("customer_tier", "\"Pro\"")]
    [InlineData("previous_tag", "\"ST_001\"")]
    public void A_metric_without_a_value_meets_neither_its_condition_nor_the_not_of_it(string metric, string value)
    {
        var seen = Figures.Seen(Figures.Customer());
        foreach (var op in (string[])["==", "!="])
        {
            var clause = $$$"""{"{{{metric}}}":{"operator":"{{{op}}}","value":{{{value}}}}}""";
            Assert.False(Conditions.IsMet(Figures.Conditions(clause), seen));
            Assert.False(Conditions.IsMet(Figures.Conditions($$"""{"not":{{clause}}}"""), seen));
        }
    }

    [Theory]
    [InlineData("""{"modules_completed":{"operator":">=","value":2},"assessment_avg_score":{"operator":">=","value":70}}""")]
    [InlineData(
        """{"any":[{"customer_tier":{"operator":"in","value":["Enterprise"]}},{"ltv_value":{"operator":">","value":5000}}],"days_since_login":{"operator":">=","value":3}}""")]
    [InlineData("""{"all":[{"sessions_7d":{"operator":">","value":1}},{"sessions_7d":{"operator":"<","value":9.5}}]}""")]
    [InlineData("""{"not":{"all":[{"any":[{"traits.x y":{"operator":"==","value":"é\"\n"}}]}]}}""")]
    [InlineData("""{"session_minutes_30d":{"operator":"between","value":[10,20]}}""")]
    public void What_is_printed_is_what_was_read(string json) =>
        Assert.Equal(json, ConditionJson.Print(Figures.Conditions(json)));

    [Fact]
    public void The_fifteen_rules_come_back_from_their_own_json()
    {
        var json = RuleJson.Print(DefaultRules.Rules);
        var read = Assert.IsType<Parsed<System.Collections.Immutable.ImmutableArray<Rule>>.Ok>(RuleJson.Parse(json)).Value;
        Assert.Equal(json, RuleJson.Print(read));
        Assert.Equal(15, read.Length);
    }

    [Fact]
    public void A_bare_value_means_equal() =>
        Assert.Equal("""{"customer_tier":{"operator":"==","value":"Pro"}}""", ConditionJson.Print(
            Figures.Conditions("""{"customer_tier":"Pro"}""")));

    [Theory]
    [InlineData("""[1]""", "conditions", "not_an_object")]
    [InlineData("""nonsense""", "conditions", "not_json")]
    [InlineData("""{}""", "conditions", "empty")]
    [InlineData("""{"all":[]}""", "conditions.all", "not_a_list")]
    [InlineData("""{"any":{"x":1}}""", "conditions.any", "not_a_list")]
    [InlineData("""{"logins":1}""", "conditions.logins", "unknown_metric")]
    [InlineData("""{"traits.":1}""", "conditions.traits.", "unknown_metric")]
    [InlineData("""{"ltv_value":{"operator":"=>","value":1}}""", "conditions.ltv_value.operator", "unknown_operator")]
    [InlineData("""{"ltv_value":{"value":1}}""", "conditions.ltv_value", "incomplete")]
    [InlineData("""{"ltv_value":{"operator":">","value":1,"unit":"$"}}""", "conditions.ltv_value.unit", "unknown_member")]
    [InlineData("""{"ltv_value":{"operator":">","value":"a lot"}}""", "conditions.ltv_value", "wrong_type")]
    [InlineData("""{"ltv_value":{"operator":"in","value":5}}""", "conditions.ltv_value", "wrong_type")]
    [InlineData("""{"ltv_value":{"operator":">","value":[5]}}""", "conditions.ltv_value", "wrong_type")]
    [InlineData("""{"ltv_value":{"operator":"between","value":[5,4]}}""", "conditions.ltv_value", "impossible_range")]
    [InlineData("""{"ltv_value":{"operator":"contains","value":5}}""", "conditions.ltv_value", "wrong_type")]
    [InlineData("""{"customer_tier":{"operator":">","value":5}}""", "conditions.customer_tier", "wrong_type")]
    [InlineData("""{"risk_indicators":"billing_risk"}""", "conditions.risk_indicators", "wrong_type")]
    [InlineData("""{"all":[{"ltv_value":1},{"not":{"ltv":1}}]}""", "conditions.all[1].not.ltv", "unknown_metric")]
    public void What_cannot_be_read_is_told_with_its_place(string json, string path, string code)
    {
        var failed = Assert.IsType<Parsed<Condition>.Failed>(ConditionJson.Parse(json));
        Assert.Contains(failed.Errors, error => (error.Path, error.Code) == (path, code));
    }

    [Fact]
    public void Nesting_and_clauses_have_a_limit()
    {
        static string Nested(int depth) => depth == 1 ? """{"ltv_value":1}""" : $$"""{"not":{{Nested(depth - 1)}}}""";
        static string Wide(int clauses) => $$"""{"all":[{{string.Join(",", Enumerable.Repeat("""{"ltv_value":1}""", clauses))}}]}""";

        Assert.IsType<Parsed<Condition>.Ok>(ConditionJson.Parse(Nested(8)));
        Assert.Equal("too_deep", Assert.IsType<Parsed<Condition>.Failed>(ConditionJson.Parse(Nested(9))).Errors[0].Code);
        Assert.IsType<Parsed<Condition>.Ok>(ConditionJson.Parse(Wide(100)));
        Assert.Equal(
            "too_many_clauses", Assert.Single(Assert.IsType<Parsed<Condition>.Failed>(ConditionJson.Parse(Wide(102))).Errors).Code);
    }
}
