using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Deciding;

public class RuleJsonTests
{
    const string Good = """{"id":1,"name":"One","from":["ST_001"],"to":"ST_002","conditions":{"ltv_value":1},"priority":10}""";

    [Fact]
    public void A_rule_needs_little_and_a_missing_id_is_the_next_free_one()
    {
        var rules = Assert.IsType<Parsed<ImmutableArray<Rule>>.Ok>(RuleJson.Parse(
            $"[{Good.Replace("\"id\":1", "\"id\":7", StringComparison.Ordinal)},"
                + $"{Good.Replace("\"id\":1,", "", StringComparison.Ordinal).Replace("One", "Two", StringComparison.Ordinal)}]")).Value;
        Assert.Equal([7, 8], rules.Select(rule => rule.Id));
        Assert.True(rules[0] is { Automatic: true, RequiresApproval: false, UsualRhythm: false, Active: true });
    }

    [Theory]
    [InlineData("\"id\":1", "\"id\":0", "rules[0].id", "bad_id")]
    [InlineData("\"One\"", "\"\"", "rules[0].name", "bad_name")]
    [InlineData("\"from\":[\"ST_001\"]", "\"from\":[]", "rules[0].from", "not_a_list")]
    [InlineData("\"from\":[\"ST_001\"]", "\"from\":[\"ST_9\"]", "rules[0].from[0]", "unknown_tag")]
    [InlineData("\"to\":\"ST_002\"", "\"to\":\"ST_001\"", "rules[0].to", "to_in_from")]
    [InlineData("\"to\":\"ST_002\"", "\"to\":null", "rules[0].to", "unknown_tag")]
    [InlineData("\"priority\":10", "\"priority\":1001", "rules[0].priority", "bad_priority")]
    [InlineData("\"priority\":10", "\"priority\":-1", "rules[0].priority", "bad_priority")]
    [InlineData("\"priority\":10", "\"priority\":10,\"active\":1", "rules[0].active", "not_a_flag")]
    [InlineData("\"priority\":10", "\"priority\":10,\"prio\":1", "rules[0].prio", "unknown_member")]
    [InlineData("\"ltv_value\":1", "\"ltv\":1", "rules[0].conditions.ltv", "unknown_metric")]
    [InlineData("\"conditions\":{\"ltv_value\":1},", "", "rules[0].conditions", "missing")]
    public void What_is_wrong_with_a_rule_is_told_with_its_place(string good, string bad, string path, string code)
    {
        var failed = Assert.IsType<Parsed<ImmutableArray<Rule>>.Failed>(
            RuleJson.Parse($"[{Good.Replace(good, bad, StringComparison.Ordinal)}]"));
        Assert.Contains(failed.Errors, error => (error.Path, error.Code) == (path, code));
    }

    [Fact]
    public void Ids_and_names_are_unique_and_everything_wrong_is_told_at_once()
    {
        var failed = Assert.IsType<Parsed<ImmutableArray<Rule>>.Failed>(RuleJson.Parse($"[{Good},{Good}]"));
        Assert.Equal(["duplicate_id", "duplicate_name"], failed.Errors.Select(error => error.Code));
    }

    [Fact]
    public void An_empty_list_is_no_rule_set() => Assert.IsType<Parsed<ImmutableArray<Rule>>.Failed>(RuleJson.Parse("[]"));
}
