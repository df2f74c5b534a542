using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Domain.Deciding;

namespace LStep.Domain.Tests.Campaigning;

/// <summary>Campaigns as JSON: what is printed comes back, and what is wrong is told with its place.</summary>
public class CampaignJsonTests
{
    const string Good = """{"name":"a","on":"ST_004","kind":"marketing","steps":[{"afterMinutes":60,"channel":"email"}]}""";

    [Fact]
    public void What_is_printed_comes_back_the_same()
    {
        var set = DefaultCampaigns.Campaigns.Add(DefaultCampaigns.Campaigns[0] with
        {
            Name = "everything", From = [StatusTag.Churned], WhenSending = DefaultCampaigns.Campaigns[2].Audience, HoldoutPercent = 7,
            OnceInDays = 365, OnHighValueReview = true, Variants = [new("warm", 1), new("short", 100)], Active = false,
            Payload = """{"z":1,"a":[{"b":"日本語"}],"n":1.50}""",
        }).Add(DefaultCampaigns.Campaigns[0] with { Name = "promoted", Promoted = "warm" });
        var read = Assert.IsType<Parsed<ImmutableArray<Campaign>>.Ok>(CampaignJson.Parse(CampaignJson.Print(set))).Value;
        Assert.Equal(CampaignJson.Print(set), CampaignJson.Print(read));
        Assert.Equal(26, read.Length);
        var (told, back) = (set[24], read[24]);
        Assert.Equal(
            (told.From.Single(), told.HoldoutPercent, told.OnceInDays, told.OnHighValueReview, told.Active, told.Payload),
            (back.From.Single(), back.HoldoutPercent, back.OnceInDays, back.OnHighValueReview, back.Active, back.Payload));
        Assert.Equal(told.Steps.AsEnumerable(), back.Steps);
        Assert.Equal(told.Variants.AsEnumerable(), back.Variants);
        Assert.Equal("warm", read[25].Promoted);
    }

    [Fact]
    public void The_campaigns_of_the_contract_can_be_published_and_nothing_is_said_against_them()
    {
        var found = Check(CampaignJson.Print(DefaultCampaigns.Campaigns));
        Assert.Empty(found.Errors);
        Assert.Empty(found.Warnings);
    }

    [Fact]
    public void What_is_not_given_has_its_default()
    {
        var one = Check($"[{Good}]").Set.Single();
        Assert.Equal((false, 0, 30, false, true, "{}"), (
            one.FirstTime, one.HoldoutPercent, one.OnceInDays, one.OnHighValueReview, one.Active, one.Payload));
        Assert.Equal((null, null, null), (one.Audience, one.WhenSending, one.Promoted));
        Assert.Equal(new CampaignStep(1, TimeSpan.FromHours(1), Channel.Email), Assert.Single(one.Steps));
        Assert.Empty(one.From);
        Assert.Empty(one.Variants);
    }

    [Fact]
    public void Counts_that_come_back_from_a_reader_are_passed_over() =>
        Assert.Empty(Check($"[{With("\"counts\":{\"sent\":1}")}]").Errors);

    [Theory]
    [InlineData("", "not_a_list", "campaigns")]
    [InlineData("7", "not_an_object", "campaigns[0]")]
    [InlineData("{}", "bad_name", "campaigns[0].name")]
    [InlineData("{}", "unknown_tag", "campaigns[0].on")]
    [InlineData("{}", "missing", "campaigns[0].kind")]
    [InlineData("{}", "not_a_list", "campaigns[0].steps")]
    [InlineData("$,$", "duplicate_name", "campaigns[1].name")]
    public void A_list_that_is_none_is_told(string items, string code, string path) =>
        Told($"[{items.Replace("$", Good, StringComparison.Ordinal)}]", code, path);

    [Theory]
    [InlineData("\"name\":\"Big\"", "bad_name", "name")]
    [InlineData("\"name\":\"a\\n\"", "bad_name", "name")]
    [InlineData("\"name\":\"_words\"", "bad_name", "name")]
    [InlineData("\"name\":\"../x\"", "bad_name", "name")]
    [InlineData("\"name\":\"a12345678901234567890123456789012345678901234567890123456789012345\"", "bad_name", "name")]
    [InlineData("\"name\":\"review_waiting\"", "reserved_name", "name")]
    [InlineData("\"name\":\"\\u0000\"", "bad_text", "name")]
    [InlineData("\"name\":\"\\ud800\"", "bad_text", "name")]
    [InlineData("\"on\":\"ST_007\"", "unknown_tag", "on")]
    [InlineData("\"on\":4", "unknown_tag", "on")]
    [InlineData("\"from\":\"ST_001\"", "not_a_list", "from")]
    [InlineData("\"from\":[\"ST_001\",\"x\"]", "unknown_tag", "from[1]")]
    [InlineData("\"from\":[\"ST_004\"]", "on_in_from", "from")]
    [InlineData("\"firstTime\":1", "not_a_flag", "firstTime")]
    [InlineData("\"active\":\"yes\"", "not_a_flag", "active")]
    [InlineData("\"kind\":\"marketting\"", "unknown_kind", "kind")]
    [InlineData("\"holdoutPercent\":101", "out_of_range", "holdoutPercent")]
    [InlineData("\"holdoutPercent\":-1", "out_of_range", "holdoutPercent")]
    [InlineData("\"holdoutPercent\":1.5", "out_of_range", "holdoutPercent")]
    [InlineData("\"holdoutPercent\":1e99", "out_of_range", "holdoutPercent")]
    [InlineData("\"onceInDays\":0", "out_of_range", "onceInDays")]
    [InlineData("\"onceInDays\":366", "out_of_range", "onceInDays")]
    [InlineData("\"steps\":[]", "not_a_list", "steps")]
    [InlineData("\"steps\":[7]", "not_an_object", "steps[0]")]
    [InlineData("\"steps\":[{\"afterMinutes\":0}]", "missing", "steps[0].channel")]
    [InlineData("\"steps\":[{\"channel\":\"email\"}]", "missing", "steps[0].afterMinutes")]
    [InlineData("\"steps\":[{\"afterMinutes\":0,\"channel\":\"e-mail\"}]", "unknown_channel", "steps[0].channel")]
    [InlineData("\"steps\":[{\"afterMinutes\":129601,\"channel\":\"email\"}]", "out_of_range", "steps[0].afterMinutes")]
    [InlineData("\"steps\":[{\"afterMinutes\":-1,\"channel\":\"email\"}]", "out_of_range", "steps[0].afterMinutes")]
    [InlineData("\"steps\":[{\"number\":2,\"afterMinutes\":0,\"channel\":\"email\"}]", "bad_number", "steps[0].number")]
    [InlineData("\"steps\":[{\"after\":0,\"afterMinutes\":0,\"channel\":\"email\"}]", "unknown_member", "steps[0].after")]
    [InlineData(
        "\"steps\":[{\"afterMinutes\":9,\"channel\":\"email\"},{\"afterMinutes\":8,\"channel\":\"email\"}]", "falling_delay",
        "steps[1].afterMinutes")]
    [InlineData("\"variants\":[{\"name\":\"a\",\"weight\":1}]", "not_a_list", "variants")]
    [InlineData("\"variants\":{}", "not_a_list", "variants")]
    [InlineData("\"variants\":[{\"name\":\"a\",\"weight\":1},{\"name\":\"a\",\"weight\":1}]", "duplicate_name", "variants[1].name")]
    [InlineData("\"variants\":[{\"name\":\"a\",\"weight\":0},{\"name\":\"b\",\"weight\":1}]", "out_of_range", "variants[0].weight")]
    [InlineData("\"variants\":[{\"name\":\"a\",\"weight\":101},{\"name\":\"b\",\"weight\":1}]", "out_of_range", "variants[0].weight")]
    [InlineData("\"variants\":[{\"name\":\"a\"},{\"name\":\"b\",\"weight\":1}]", "missing", "variants[0].weight")]
    [InlineData("\"variants\":[{\"name\":\"holdout\",\"weight\":1},{\"name\":\"b\",\"weight\":1}]", "reserved_name", "variants[0].name")]
    [InlineData("\"variants\":[{\"name\":\"A b\",\"weight\":1},{\"name\":\"b\",\"weight\":1}]", "bad_name", "variants[0].name")]
    [InlineData(
        "\"promoted\":\"b\",\"variants\":[{\"name\":\"a\",\"weight\":1},{\"name\":\"b\",\"weight\":1}]", "promoted_and_variants",
        "promoted")]
    [InlineData("\"promoted\":7", "bad_name", "promoted")]
    [InlineData("\"payload\":[]", "not_an_object", "payload")]
    [InlineData("\"payload\":{\"x\":{\"x\":{\"x\":{\"x\":{\"x\":{\"x\":{\"x\":{\"x\":{}}}}}}}}}", "unreadable_payload", "payload")]
    [InlineData("\"payload\":{\"x\":1e400000}", "unreadable_payload", "payload")]
    [InlineData("\"payload\":{\"x\":1e-99999999999}", "unreadable_payload", "payload")]
    [InlineData("\"payload\":{\"due_in_hours\":\"24\"}", "wrong_type", "payload.due_in_hours")]
    [InlineData("\"payload\":{\"assignee\":[\"a\"]}", "wrong_type", "payload.assignee")]
    [InlineData("\"audience\":[]", "not_an_object", "audience")]
    [InlineData("\"audience\":{}", "empty", "audience")]
    [InlineData("\"audience\":{\"productTag\":\"PT_001\"}", "unknown_metric", "audience.productTag")]
    [InlineData("\"audience\":{\"product_tag\":\"PT_009\"}", "unknown_value", "audience.product_tag")]
    [InlineData(
        "\"whenSending\":{\"engagement_score\":{\"operator\":\">=\",\"value\":101}}", "impossible_range", "whenSending.engagement_score")]
    [InlineData("\"audiance\":{}", "unknown_member", "audiance")]
    public void What_is_wrong_with_a_campaign_is_told_with_its_place(string member, string code, string path) =>
        Told($"[{With(member)}]", code, $"campaigns[0].{path}");

    [Fact]
    public void The_nearest_name_is_suggested()
    {
        Assert.Contains("Did you mean 'audience'?", Told($"[{With("\"audiance\":{}")}]", "unknown_member", "campaigns[0].audiance"));
        Assert.Contains("Did you mean 'marketing'?", Told($"[{With("\"kind\":\"marketting\"")}]", "unknown_kind", "campaigns[0].kind"));
        Assert.Contains(
            "Did you mean 'in_app'?",
            Told(
                $"[{With("\"steps\":[{\"afterMinutes\":0,\"channel\":\"inapp\"}]")}]", "unknown_channel", "campaigns[0].steps[0].channel"));
    }

    [Fact]
    public void Bounds_hold_for_lists_and_payloads()
    {
        Told($"[{string.Join(',', Enumerable.Repeat(Good, 101))}]", "not_a_list", "campaigns");
        var steps = string.Join(',', Enumerable.Repeat("""{"afterMinutes":0,"channel":"email"}""", 21));
        Told($"[{With($"\"steps\":[{steps}]")}]", "not_a_list", "campaigns[0].steps");
        Told($"[{With($"\"payload\":{{\"x\":\"{new string('ä', 4096)}\"}}")}]", "too_large", "campaigns[0].payload");
        Assert.True(Check($"[{string.Join(',', Enumerable.Repeat("{}", 100))}]").Errors.Length <= CampaignJson.ErrorsMax);
    }

    [Theory]
    [InlineData("\"kind\":\"service\",\"holdoutPercent\":10", "no_effect", "campaigns[0].holdoutPercent")]
    [InlineData("\"on\":\"ST_001\",\"firstTime\":true,\"from\":[\"ST_006\"]", "never_starts", "campaigns[0].from")]
    [InlineData("\"steps\":[{\"afterMinutes\":0,\"channel\":\"task\"}]", "marketing_to_colleagues", "campaigns[0].steps[0].channel")]
    [InlineData("\"active\":false", "nothing_active", "campaigns")]
    public void What_may_be_a_slip_is_warned_of(string member, string code, string path)
    {
        var found = Check($"[{With(member)}]");
        Assert.Empty(found.Errors);
        Assert.Contains(found.Warnings, warning => (warning.Code, warning.Path) == (code, path));
    }

    [Fact]
    public void A_difference_names_what_came_what_went_and_each_field_that_changed()
    {
        var before = DefaultCampaigns.Campaigns;
        var after = before.RemoveAt(1).SetItem(0, before[0] with { OnceInDays = 60, Active = false })
            .Add(before[1] with { Name = "renamed" });
        var difference = CampaignSetDifference.Of(before, after);
        Assert.Equal(["renamed"], difference.Added.Select(one => one.Name));
        Assert.Equal(["add_to_beginner_group"], difference.Removed.Select(one => one.Name));
        var changed = Assert.Single(difference.Changed);
        Assert.Equal("welcome_active_learner", changed.Name);
        Assert.Equal(
            [new("onceInDays", "30", "60"), new CampaignFieldChange("active", "true", "false")], changed.Changes.AsEnumerable());
        Assert.True(CampaignSetDifference.Of(before, [.. before.Reverse()]).IsNone);
    }

    /// <summary>The good one, with members that go before its own.</summary>
    static string With(string members)
    {
        var given = JsonElement.Parse($"{{{members}}}");
        var own = JsonElement.Parse(Good).EnumerateObject().Where(member => !given.TryGetProperty(member.Name, out _));
        return $"{{{string.Join(',', own.Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}").Prepend(members))}}}";
    }

    static string Told(string json, string code, string path)
    {
        var found = Check(json);
        var error = found.Errors.FirstOrDefault(one => (one.Code, one.Path) == (code, path));
        Assert.True(error is not null, string.Join('\n', found.Errors));
        return error.Message;
    }

    static CheckedCampaigns Check(string json) => CampaignSetCheck.Check(JsonElement.Parse(json));
}
