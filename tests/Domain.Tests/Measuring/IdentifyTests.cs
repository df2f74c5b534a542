using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class IdentifyTests
{
    static Profile Of(params string[] traits) => Given.Customer().With("2026-06-01T00:00Z",
        [.. traits.Select((json, i) => Given.Identify($"2026-01-0{i + 1}T00:00Z", json))]).Profile;

    [Theory]
    [InlineData("tier")]
    [InlineData("plan")]
    [InlineData("productTier")]
    [InlineData("Product_Tier")]
    [InlineData("PRODUCT TIER")]
    [InlineData("product-tier")]
    public void The_tier_goes_by_many_names(string name)
    {
        var profile = Of($$"""{"{{name}}":"Enterprise"}""");
        Assert.Equal(Tier.Enterprise, profile.Tier);
        Assert.Empty(profile.Traits);
        Assert.Equal("PT_002", Tiers.ProductTag(profile.Tier));
    }

    [Fact]
    public void All_columns_are_filled_and_the_rest_stays_in_traits()
    {
        var profile = Of("""
            {"email":"a@example.org","Name":"Ada","LTV_value":"1200.50","timezone":"Asia/Tokyo","locale":"ja-JP",
             "consent":{"email":false,"in_app":false,"sms":true},"consent.push":"false","curriculumCompletion":40,"City":"Kyoto","tags":["a", "b"]}
            """);
        Assert.Equal(("a@example.org", "Ada", 1200.50m, "Asia/Tokyo", "ja-JP"), (
            profile.Email, profile.Name, profile.LtvValue, profile.Timezone, profile.Locale));
        Assert.Equal((false, false, false), (profile.ConsentEmail, profile.ConsentPush, profile.ConsentInApp));
        Assert.Equal(["City", "consent.sms", "tags"], profile.Traits.Keys);
        Assert.Equal("\"Kyoto\"", profile.Traits["City"]);
    }

    [Theory]
    [InlineData("\"2026-01-05T10:00:00+02:00\"", "2026-01-05T08:00Z")]
    [InlineData("\"2026-01-05T08:00:00.1239Z\"", "2026-01-05T08:00:00.123Z")]
    [InlineData("\"2026-01-05\"", "2026-01-05T00:00Z")]
    [InlineData("\"2026-01-05T08:00:00\"", "2026-01-05T08:00Z")]
    [InlineData("1767600000", "2026-01-05T08:00Z")]
    [InlineData("1767600000123", "2026-01-05T08:00:00.123Z")]
    [InlineData("\"1767600000\"", "2026-01-05T08:00Z")]
    [InlineData("\"soon\"", null)]
    [InlineData("\"05/01/2026\"", null)]
    [InlineData("true", null)]
    public void Dates_are_iso_or_unix_seconds_or_milliseconds(string json, string? expected)
    {
        var profile = Of($$"""{"created_at":{{json}}}""");
        Assert.Equal(expected is null ? null : Given.At(expected), profile.EnrolledAtTrait);
        Assert.Equal(expected is null ? 1 : 0, profile.Traits.Count);
    }

    [Fact]
    public void An_unknown_tier_stays_in_traits_and_leaves_the_tier_empty()
    {
        var profile = Of("""{"plan":"Pro"}""", """{"plan":"Gold"}""");
        Assert.Null(profile.Tier);
        Assert.Equal("\"Gold\"", profile.Traits["plan"]);
        Assert.Empty(Of("""{"plan":"Gold"}""", """{"tier":"pro"}""").Traits);
    }

    [Fact]
    public void A_null_removes_a_trait_and_an_older_write_does_not_bring_it_back()
    {
        var remove = Given.Identify("2026-01-05T00:00Z", """{"favourite colour":null,"ltv":null}""");
        var late = Given.Identify("2026-01-04T00:00Z", """{"FavouriteColour":"red","ltv":5}""");
        var profile = Given.Customer().With("2026-06-01T00:00Z", remove, late).Profile;
        Assert.Empty(profile.Traits);
        Assert.Null(profile.LtvValue);
    }

    [Fact]
    public void Of_equal_times_the_greater_message_id_wins()
    {
        var (a, b) = (
            Given.Identify("2026-01-05T00:00Z", """{"name":"a"}""", "a"), Given.Identify("2026-01-05T00:00Z", """{"name":"b"}""", "b"));
        Assert.Equal("b", Given.Customer().With("2026-06-01T00:00Z", a, b).Profile.Name);
        Assert.Equal("b", Given.Customer().With("2026-06-01T00:00Z", b, a).Profile.Name);
    }

    [Fact]
    public void The_last_word_on_completion_is_the_latest_of_identify_module_and_course()
    {
        var module = Given.An(ActivityType.ModuleCompleted, "2026-01-03T00:00Z") with { CurriculumCompletion = 60 };
        var course = Given.An(ActivityType.CourseCompleted, "2026-01-05T00:00Z");
        var trait = Given.Identify("2026-01-04T00:00Z", """{"Curriculum Completion":80}""");
        var silent = Given.An(ActivityType.ModuleCompleted, "2026-01-06T00:00Z");
        Assert.Equal(80, Given.Customer().With("2026-06-01T00:00Z", trait, module, silent).As("2026-06-01T00:00Z").Number(
            Metric.CurriculumCompletion));
        Assert.Equal(100, Given.Customer().With("2026-06-01T00:00Z", course, trait, module).As("2026-06-01T00:00Z").Number(
            Metric.CurriculumCompletion));
        Assert.Equal(0, Given.Customer().As("2026-06-01T00:00Z").Number(Metric.CurriculumCompletion));
    }

    [Fact]
    public void A_profile_is_what_the_identifies_write_one_after_the_other_in_time() =>
        Seeded.Holds(Streams.All, stream =>
        {
            var (state, _) = Streams.Arrive(stream);
            var expected = Profile.Empty;
            var life = Lifetime.Empty;
            // Unsubscribing is written like an identify.
            foreach (var identify in stream.Activities.Where(a => a.Type is ActivityType.Identify or ActivityType.Unsubscribed)
                .Select(a => a.Type == ActivityType.Unsubscribed ? Withdrawals.AsIdentify(a) : a)
                .OrderBy(a => a.OccurredAt).ThenBy(a => a.MessageId, StringComparer.Ordinal))
                Assert.True(LStep.Domain.Measuring.Identify.TryMerge(ref expected, ref life, identify));
            Assert.Equal(expected.Traits, state.Profile.Traits);
            Assert.Equal(expected.Stamps, state.Profile.Stamps);
            Assert.Equal(expected with { Traits = state.Profile.Traits, Stamps = state.Profile.Stamps }, state.Profile);
        }, 300, Streams.Shorter);

    [Fact]
    public void A_trait_is_found_by_any_spelling_as_the_kind_it_is()
    {
        var measures = Given.Customer().With("2026-01-02T00:00Z", Given.Identify("2026-01-01T00:00Z",
            """{"Trial Days":14,"trial":true,"city":"Kyoto","tags":["a",1],"nested":{"a":1},"plan":"Pro"}""")).As("2026-01-02T00:00Z");
        Assert.Equal(new MetricValue(Number: 14), measures.Trait("trial_days"));
        Assert.Equal(new MetricValue(Text: "true"), measures.Trait("trial"));
        Assert.Equal(new MetricValue(Text: "Kyoto"), measures.Trait("City"));
        Assert.Equal(["a", "1"], measures.Trait("tags").List!.Value.ToArray());
        Assert.Equal(new MetricValue(Text: """{"a":1}"""), measures.Trait("nested"));
        Assert.Equal(new MetricValue(Text: "Pro"), measures.Trait("product_tier"));
        Assert.False(measures.Trait("nothing").HasValue);
    }
}
