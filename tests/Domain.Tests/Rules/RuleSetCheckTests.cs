using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Domain.Tests.Rules;

public class RuleSetCheckTests
{
    const string Rested = """{"days_in_status":{"operator":">=","value":3}}""";

    static string Rule(string name, string from, string to, string conditions, int priority = 10, string more = "") =>
        $$"""{"name":"{{name}}","from":["{{from}}"],"to":"{{to}}","conditions":{{conditions}},"priority":{{priority}}{{more}}}""";

    static string Clause(string metric, string op, string value) => $$$"""{"{{{metric}}}":{"operator":"{{{op}}}","value":{{{value}}}}}""";

    static CheckedRules Check(params string[] rules) => RuleSetCheck.Check(JsonElement.Parse($"[{string.Join(',', rules)}]"));

    static CheckedRules CheckConditions(string conditions) => Check(Rule("One", "ST_001", "ST_002", conditions));

    [Fact]
    public void The_fifteen_rules_are_sound()
    {
        var found = RuleSetCheck.Check(JsonElement.Parse(RuleJson.Print(DefaultRules.Rules)));
        Assert.Empty(found.Errors);
        Assert.Empty(found.Warnings);
        Assert.Equal(15, found.Rules.Length);
    }

    [Theory]
    [InlineData("days_since_logn", "days_since_login")]
    [InlineData("daysSinceLogin", "days_since_login")]
    [InlineData("engagement", "engagement_score")]
    [InlineData("session_7d", "sessions_7d")]
    [InlineData("lesson_completed_30d", "lessons_completed_30d")]
    public void An_unknown_metric_is_told_with_the_nearest_one(string wrong, string meant)
    {
        var error = Assert.Single(CheckConditions($$"""{"{{wrong}}":1}""").Errors);
        Assert.Equal(($"rules[0].conditions.{wrong}", "unknown_metric"), (error.Path, error.Code));
        Assert.Contains($"'{meant}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("engagement_score", ">=", "101")]
    [InlineData("engagement_score", ">", "100")]
    [InlineData("progress_score_today", "<", "0")]
    [InlineData("days_since_login", "<", "0")]
    [InlineData("days_since_login", "==", "1.5")]
    [InlineData("active_days_7d", ">", "7")]
    [InlineData("active_days_7d", "between", "[8,20]")]
    [InlineData("modules_completed", "<=", "-1")]
    [InlineData("curriculum_completion", ">", "100")]
    [InlineData("engagement_change_7d", "<", "-100")]
    [InlineData("risk_indicator_count", ">=", "13")]
    [InlineData("sessions_7d", "in", "[-1,-2]")]
    [InlineData("days_since_login", "between", "[9,3]")]
    public void A_range_that_the_metric_never_reaches_is_impossible(string metric, string op, string value)
    {
        var error = Assert.Single(CheckConditions(Clause(metric, op, value)).Errors);
        Assert.Equal(($"rules[0].conditions.{metric}", "impossible_range"), (error.Path, error.Code));
    }

    [Theory]
    [InlineData("customer_tier", "==", "\"Gold\"", "unknown_value")]
    [InlineData("customer_tier", "in", "[\"Pro\",\"Entreprise\"]", "unknown_value")]
    [InlineData("risk_indicators", "contains", "\"billing\"", "unknown_value")]
    [InlineData("score_trend", "!=", "\"sideways\"", "unknown_value")]
    [InlineData("previous_tag", "==", "\"ST_007\"", "unknown_value")]
    [InlineData("customer_tier", ">=", "5", "wrong_type")]
    [InlineData("sessions_7d", ">=", "\"5\"", "wrong_type")]
    [InlineData("sessions_7d", "in", "5", "wrong_type")]
    [InlineData("sessions_7d", "contains", "5", "wrong_type")]
    [InlineData("sessions_7d", ">=", "true", "wrong_type")]
    [InlineData("traits.plan", "in", "[1,\"a\"]", "wrong_type")]
    [InlineData("ltv_value", ">=", "1e20", "number_too_large")]
    public void A_value_has_to_be_one_that_the_metric_can_have(string metric, string op, string value, string code)
    {
        var error = Assert.Single(CheckConditions(Clause(metric, op, value)).Errors);
        Assert.Equal(($"rules[0].conditions.{metric}", code), (error.Path, error.Code));
    }

    [Theory]
    [InlineData("""{"all":[{"days_since_login":{"operator":">=","value":5}},{"days_since_login":{"operator":"<","value":2}}]}""",
        ".all[1].days_since_login")]
    [InlineData("""{"all":[{"days_since_login":{"operator":">","value":2}},{"days_since_login":{"operator":"<","value":3}}]}""",
        ".all[1].days_since_login")]
    [InlineData("""{"customer_tier":"Pro","not":{"customer_tier":{"operator":"in","value":["pro","Freemium"]}}}""", ".not.customer_tier")]
    [InlineData(
        """{"risk_indicators":{"operator":"contains","value":"login_gap"},"not":{"risk_indicators":{"operator":"contains","value":"login_gap"}}}""", ".not.risk_indicators")]
    [InlineData(
        """{"all":[{"traits.seats":{"operator":">=","value":9}},{"traits.Seats":{"operator":"<","value":3}}]}""", ".all[1].traits.Seats")]
    [InlineData("""{"all":[{"traits.team":"a"},{"traits.team":"b"}]}""", ".all[1].traits.team")]
    [InlineData("""{"lessons_completed_7d":{"operator":">=","value":3},"lessons_completed_30d":{"operator":"<=","value":1}}""",
        ".lessons_completed_7d")]
    [InlineData(
        """{"days_since_activity":{"operator":">=","value":9},"days_since_login":{"operator":"<","value":3}}""", ".days_since_activity")]
    [InlineData("""{"sessions_7d":{"operator":"<","value":2},"any":[{"sessions_7d":{"operator":">=","value":2}},{"sessions_7d":5}]}""",
        ".any[0].sessions_7d")]
    public void Clauses_that_rule_each_other_out_are_a_contradiction(string conditions, string place)
    {
        var errors = CheckConditions(conditions).Errors;
        Assert.Contains(errors, error => (error.Path, error.Code) == ($"rules[0].conditions{place}", "contradiction"));
    }

    [Fact]
    public void An_alternative_that_nobody_can_meet_is_a_warning_while_another_can_be_met()
    {
        var found = CheckConditions(
            """{"sessions_7d":{"operator":"<","value":2},"any":[{"sessions_7d":{"operator":">=","value":2}},{"modules_completed":1}]}""");
        Assert.Empty(found.Errors);
        Assert.Equal("contradiction", Assert.Single(found.Warnings).Code);
    }

    [Theory]
    [InlineData("sessions_7d", ">=", "0")]
    [InlineData("lessons_completed", ">", "-1")]
    [InlineData("curriculum_completion", "<=", "100")]
    [InlineData("active_days_7d", "<", "7.5")]
    public void What_is_always_met_is_a_warning(string metric, string op, string value)
    {
        var found = CheckConditions(Clause(metric, op, value));
        Assert.Empty(found.Errors);
        Assert.Equal("always_met", Assert.Single(found.Warnings).Code);
    }

    [Fact]
    public void Whether_a_metric_has_a_value_may_be_asked() =>
        Assert.Empty(CheckConditions(Clause("final_assessment", ">=", "0")).Warnings);

    [Theory]
    [InlineData("""{"days_since_login":{"operator":">=","value":5}}""", 10, true)]
    [InlineData("""{"days_since_login":{"operator":">=","value":5},"customer_tier":"Pro"}""", 10, true)]
    [InlineData("""{"days_since_login":{"operator":"between","value":[4,9]}}""", 10, true)]
    [InlineData("""{"any":[{"days_since_login":{"operator":">=","value":9}},{"days_since_login":4}]}""", 10, true)]
    [InlineData("""{"not":{"days_since_login":{"operator":"<","value":5}}}""", 10, true)]
    [InlineData("""{"days_since_login":{"operator":">=","value":2}}""", 10, false)]
    [InlineData("""{"any":[{"days_since_login":{"operator":">=","value":9}},{"customer_tier":"Pro"}]}""", 10, false)]
    [InlineData("""{"days_since_activity":{"operator":">=","value":9}}""", 10, false)]
    [InlineData("""{"days_since_login":{"operator":">=","value":5}}""", 3, false)]
    [InlineData("""{"days_since_login":{"operator":">=","value":5}}""", 5, false)]
    public void A_rule_behind_one_that_it_implies_never_wins(string conditions, int priority, bool never)
    {
        var found = Check(
            Rule("Early", "ST_001", "ST_004", Clause("days_since_login", ">=", "3"), 5),
            Rule("Late", "ST_001", "ST_005", conditions, priority));
        if (!never) Assert.Empty(found.Errors);
        else
        {
            var error = Assert.Single(found.Errors);
            Assert.Equal(("rules[1]", "never_wins"), (error.Path, error.Code));
            Assert.Contains("'Early'", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ST_004", ",\"usualRhythm\":true")]
    [InlineData("ST_004", ",\"active\":false")]
    [InlineData("ST_006", "")]
    public void A_rule_whose_forerunner_may_be_held_alone_can_win(string to, string more)
    {
        var late = Rule("Late", "ST_001", "ST_005", Clause("days_since_login", ">=", "5"));
        Assert.Empty(Check(Rule("Early", "ST_001", to, Clause("days_since_login", ">=", "3"), 5, more), late).Errors);
    }

    [Fact]
    public void A_rule_shadowed_from_one_of_its_tags_is_a_warning()
    {
        var late = Rule("Late", "ST_001", "ST_005", Clause("days_since_login", ">=", "5"))
            .Replace("[\"ST_001\"]", "[\"ST_001\",\"ST_002\"]", StringComparison.Ordinal);
        var found = Check(Rule("Early", "ST_001", "ST_004", Clause("days_since_login", ">=", "3"), 5), late);
        Assert.Empty(found.Errors);
        var warning = Assert.Single(found.Warnings);
        Assert.Equal(("rules[1].from", "shadowed_in_part"), (warning.Path, warning.Code));
    }

    [Fact]
    public void Rules_that_send_a_customer_round_are_a_cycle_unless_something_stops_them()
    {
        string[] Round(string conditions, string more = "") =>
        [
            Rule("Up", "ST_001", "ST_002", Clause("lessons_completed", ">=", "1")), Rule("On", "ST_002", "ST_003", conditions, 10, more),
            Rule("Back", "ST_003", "ST_001", Clause("modules_completed", ">=", "1")),
        ];

        var error = Assert.Single(Check(Round(Clause("sessions_7d", ">=", "1"))).Errors);
        Assert.Equal("cycle", error.Code);
        Assert.Contains(
            "'Up' from ST_001 to ST_002, 'On' from ST_002 to ST_003, 'Back' from ST_003 to ST_001", error.Message,
            StringComparison.Ordinal);
        Assert.Empty(Check(Round(Rested)).Errors);
        Assert.Empty(Check(Round(Clause("lessons_completed", "<=", "0"))).Errors);
        Assert.Empty(Check(Round(Clause("lessons_completed_30d", "==", "0"), ",\"requiresApproval\":true")).Errors);
        Assert.Empty(Check(Round(Clause("previous_tag", "==", "\"ST_005\""))).Errors);
        Assert.Equal("cycle", Assert.Single(Check(Round(Clause("previous_tag", "==", "\"ST_001\""))).Errors).Code);
    }

    [Theory]
    [InlineData("""{"name":"a\u0000b"}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"notification":{"to":["\u0000"]}}""")]
    public void A_text_that_no_database_takes_is_refused(string rule) => Assert.Equal("bad_text", Assert.Single(Check(rule).Errors).Code);

    [Fact]
    public void Hostile_lists_are_refused_in_time_and_in_few_words()
    {
        var wrong = Check([.. Enumerable.Range(0, 500).Select(n => $$"""{"conditions":{"x{{n}}":1},"{{new string('y', 900)}}":1}""")]);
        Assert.InRange(wrong.Errors.Length, 100, 120);
        Assert.All(wrong.Errors, error => Assert.True(error.Path.Length + error.Message.Length < 400));

        var any = $$"""{"any":[{{string.Join(',', Enumerable.Range(0, 8).Select(n => $"{{\"sessions_7d\":{n}}}"))}}]}""";
        var deep = $$"""{"all":[{{string.Join(',', Enumerable.Repeat(any, 12))}}]}""";
        var many = Check([.. Enumerable.Range(0, 500).Select(n => Rule($"Rule {n}", "ST_001", "ST_002", deep, n))]);
        Assert.Empty(many.Errors.Where(error => error.Code == "never_wins"));
    }

    [Fact]
    public void New_rules_get_ids_that_no_rule_had_before()
    {
        var rules = JsonElement.Parse($"[{Rule("New", "ST_001", "ST_002", Clause("modules_completed", ">=", "2"))}]");
        Assert.Equal(31, Assert.Single(RuleSetCheck.Check(rules, idsUsed: 30).Rules).Id);
    }
}
