using System.Globalization;
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
    [InlineData("\"20260105\"", "2026-01-05T00:00Z")]
    [InlineData("20260105", "2026-01-05T00:00Z")]
    [InlineData("\"20260105T101530+0900\"", "2026-01-05T01:15:30Z")]
    [InlineData("\"2026-01-05T24:00:00Z\"", "2026-01-06T00:00Z")]
    [InlineData("\"2016-12-31T23:59:60Z\"", "2016-12-31T23:59:59Z")]
    [InlineData("\"soon\"", null)]
    [InlineData("\"05/01/2026\"", null)]
    [InlineData("true", null)]
    public void Dates_are_iso_or_unix_seconds_or_milliseconds(string json, string? expected)
    {
        var profile = Of($$"""{"created_at":{{json}}}""");
        Assert.Equal(expected is null ? null : Given.At(expected), profile.EnrolledAtTrait);
        Assert.Equal(expected is null ? 1 : 0, profile.Traits.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("\"0\"")]
    [InlineData("\"0000-00-00 00:00:00\"")]
    [InlineData("\"1970-01-01T00:00:00Z\"")]
    [InlineData("\"0001-01-01T00:00:00\"")]
    [InlineData("-62135596800")]
    [InlineData("\"1999-12-31T23:59:59.999Z\"")]
    [InlineData("946684799999")]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    public void A_date_that_is_unset_says_nothing(string json)
    {
        Assert.Equal(Profile.Empty, Of($$"""{"created_at":{{json}},"startsAt":{{json}}}"""));
        var before = Of("""{"createdAt":"2026-01-05","startsAt":"2026-02-05"}""");
        var after = Of("""{"createdAt":"2026-01-05","startsAt":"2026-02-05"}""", $$"""{"enrolledAt":{{json}},"startsAt":{{json}}}""");
        Assert.Equal((before.EnrolledAtTrait, before.StartsAtTrait), (after.EnrolledAtTrait, after.StartsAtTrait));
        Assert.Empty(after.Traits);
    }

    [Fact]
    public void What_a_column_cannot_hold_stays_beside_it_until_the_column_is_written_again()
    {
        var first = Given.Identify(
            "2026-01-01T00:00Z", """{"createdAt":"2025-01-05","ltv":5,"email":"a@example.org","consent.email":false}""");
        var unreadable = Given.Identify("2026-01-03T00:00Z", """{"createdAt":"soon","ltv":"n/a","email":42,"consent.email":"maybe"}""");
        var late = Given.Identify(
            "2026-01-02T00:00Z", """{"createdAt":"2025-02-05","ltv":6,"email":"b@example.org","consent.email":"off"}""");
        var next = Given.Identify(
            "2026-01-04T00:00Z", """{"enrolledAt":"2025-03-05","ltv":7,"Email":"c@example.org","consent.email":1}""");
        var profile = Given.Customer().With("2026-06-01T00:00Z", first, unreadable).Profile;
        Assert.Equal((Given.At("2025-01-05T00:00Z"), 5m, "a@example.org", false), (
            profile.EnrolledAtTrait, profile.LtvValue, profile.Email, profile.ConsentEmail));
        Assert.Equal(["consent.email", "createdAt", "email", "ltv"], profile.Traits.Keys);
        profile = Given.Customer().With("2026-06-01T00:00Z", unreadable, late, first).Profile;
        Assert.Equal((Given.At("2025-02-05T00:00Z"), 6m, "b@example.org", false), (
            profile.EnrolledAtTrait, profile.LtvValue, profile.Email, profile.ConsentEmail));
        Assert.Equal(4, profile.Traits.Count);
        profile = Given.Customer().With("2026-06-01T00:00Z", next, unreadable, late).Profile;
        Assert.Equal((Given.At("2025-03-05T00:00Z"), 7m, "c@example.org", true), (
            profile.EnrolledAtTrait, profile.LtvValue, profile.Email, profile.ConsentEmail));
        Assert.Empty(profile.Traits);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("1.0", true)]
    [InlineData("\"1\"", true)]
    [InlineData("\"YES\"", true)]
    [InlineData("\" On \"", true)]
    [InlineData("\"y\"", true)]
    [InlineData("\"True\"", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("-0", false)]
    [InlineData("\"0\"", false)]
    [InlineData("\"No\"", false)]
    [InlineData("\"OFF\"", false)]
    [InlineData("\"n\"", false)]
    [InlineData("\"false\"", false)]
    public void Consent_is_read_in_the_words_that_people_use(string json, bool expected)
    {
        var profile = Of($$"""{"consent":{"email":{{(expected ? "0" : "1")}},"push":{{(expected ? "\"no\"" : "true")}}} }""",
            $$"""{"consent":{"email":{{json}}},"Consent.Push":{{json}} }""");
        Assert.Equal((expected, expected), (profile.ConsentEmail, profile.ConsentPush));
        Assert.Empty(profile.Traits);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"maybe\"")]
    [InlineData("\"\"")]
    [InlineData("2")]
    [InlineData("[]")]
    [InlineData("{\"value\":true}")]
    public void What_is_no_consent_leaves_it_as_it_was(string json)
    {
        var no = """{"consent":{"email":false,"push":"no","in_app":0}}""";
        var profile = Of(no, $$"""{"consent":{"email":{{json}},"push":{{json}},"inApp":{{json}}} }""");
        Assert.Equal((false, false, false), (profile.ConsentEmail, profile.ConsentPush, profile.ConsentInApp));
    }

    [Fact]
    public void Who_unsubscribes_withdraws_the_consent_of_the_channel_until_an_identify_gives_it_again()
    {
        var yes = Given.Identify("2026-01-01T00:00Z", """{"consent":{"email":true,"in_app":true}}""");
        var unsubscribed = Given.An(ActivityType.Unsubscribed, "2026-01-02T00:00Z") with { Subject = "email" };
        var inApp = Given.An(ActivityType.Unsubscribed, "2026-01-02T00:00Z") with { Subject = "In-App" };
        var elsewhere = Given.An(ActivityType.Unsubscribed, "2026-01-02T00:00Z") with { Subject = "fax" };
        var again = Given.Identify("2026-01-03T00:00Z", """{"consent.email":"yes"}""");
        var profile = Given.Customer().With("2026-06-01T00:00Z", unsubscribed, elsewhere, inApp, yes).Profile;
        Assert.Equal((false, true, false), (profile.ConsentEmail, profile.ConsentPush, profile.ConsentInApp));
        Assert.True(Given.Customer().With("2026-06-01T00:00Z", again, unsubscribed, yes).Profile.ConsentEmail);
    }

    /// <summary>Each in both orders of its two parts.</summary>
    [Theory]
    [InlineData("\"tier\":\"Freemium\"", "\"plan\":\"Enterprise\"", "Freemium")]
    [InlineData("\"tier\":\"Gold\"", "\"plan\":\"Enterprise\"", "Enterprise")]
    [InlineData("\"tier\":null", "\"product_tier\":\"Enterprise\"", "Enterprise")]
    [InlineData("\"productTier\":\"Pro\"", "\"plan\":\"Enterprise\"", "Pro")]
    [InlineData("\"enrolledAt\":\"2026-01-05\"", "\"createdAt\":\"2024-01-05\"", "2026-01-05")]
    [InlineData("\"enrolledAt\":0", "\"createdAt\":\"2024-01-05\"", "2024-01-05")]
    [InlineData("\"enrolledAt\":\"soon\"", "\"createdAt\":\"2024-01-05\"", "2024-01-05")]
    [InlineData("\"ltv_value\":7", "\"ltv\":9", "7")]
    [InlineData("\"ltvValue\":\"n/a\"", "\"ltv\":9", "9")]
    [InlineData("\"email\":\"a@example.org\"", "\"Email\":\"b@example.org\"", "a@example.org")]
    [InlineData("\"email\":null", "\"EMAIL\":\"b@example.org\"", "b@example.org")]
    [InlineData("\"email\":\"a@example.org\"", "\"email\":\"b@example.org\"", "b@example.org")]
    [InlineData("\"first name\":1", "\"firstName\":2", "firstName=2")]
    [InlineData("\"first_name\":null", "\"First Name\":2", "First Name=2")]
    [InlineData("\"consent\":{\"email\":false}", "\"consent.email\":true", "no")]
    [InlineData("\"consent\":{\"email\":true}", "\"consent.email\":\"off\"", "no")]
    [InlineData("\"consent\":{\"email\":\"maybe\"}", "\"Consent.Email\":0", "no")]
    public void Of_several_names_for_one_thing_the_same_wins_in_either_order(string one, string other, string expected)
    {
        static string Told(Profile profile) => profile switch
        {
            { Tier: { } tier } => tier.ToString(),
            { EnrolledAtTrait: { } enrolled } => enrolled.ToString("yyyy-MM-dd"),
            { LtvValue: { } ltv } => $"{ltv}",
            { Email: { } email } => email,
            { ConsentEmail: false } => "no",
            _ => string.Join(' ', profile.Traits.Select(trait => $"{trait.Key}={trait.Value}")),
        };
        var (there, back) = (Of($"{{{one},{other}}}"), Of($"{{{other},{one}}}"));
        Assert.Equal((expected, expected), (Told(there), Told(back)));
        Assert.Equal(there.Traits, back.Traits);
        Assert.Equal(there.Stamps.Select(s => s.Key), back.Stamps.Select(s => s.Key));
    }

    [Fact]
    public void A_later_message_wins_by_whatever_name_and_an_older_one_does_not_come_back()
    {
        var exact = Given.Identify("2026-01-01T00:00Z", """{"enrolledAt":"2025-01-01","tier":"Pro","ltvValue":1}""");
        var other = Given.Identify("2026-01-02T00:00Z", """{"createdAt":"2025-02-02","plan":"Enterprise","ltv":2}""");
        foreach (var order in new[] { new[] { exact, other }, [other, exact] })
        {
            var profile = Given.Customer().With("2026-06-01T00:00Z", order).Profile;
            Assert.Equal((Given.At("2025-02-02T00:00Z"), Tier.Enterprise, 2m), (profile.EnrolledAtTrait, profile.Tier, profile.LtvValue));
        }
    }

    [Fact]
    public void What_is_too_long_for_a_column_stays_in_traits()
    {
        var email = new string('é', Limits.EmailCharsMax) + "@";
        var text = new string('x', Limits.NameCharsMax + 1);
        var profile = Of($$"""{"email":"{{email}}","name":"{{text}}","timezone":"{{text}}","locale":"{{text}}"}""");
        Assert.Equal((null, null, null, null), (profile.Email, profile.Name, profile.Timezone, profile.Locale));
        Assert.Equal(["email", "locale", "name", "timezone"], profile.Traits.Keys);
        Assert.Equal(Limits.EmailCharsMax, Of($$"""{"email":"{{email[..^1]}}"}""").Email!.Length);
    }

    [Theory]
    [InlineData("-0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("1e2", "100")]
    [InlineData("\"1200.500\"", "1200.5")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    public void A_number_has_one_form(string json, string expected) =>
        Assert.Equal(expected, Of($$"""{"ltv":{{json}}}""").LtvValue!.Value.ToString(CultureInfo.InvariantCulture));

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
            var (expected, life) = (Profile.Empty, Lifetime.Empty);
            foreach (var one in stream.Activities.Where(a => a.Type is ActivityType.Identify or ActivityType.Unsubscribed)
                .OrderBy(a => a.OccurredAt).ThenBy(a => a.MessageId, StringComparer.Ordinal))
                if (one.Type == ActivityType.Unsubscribed) expected = LStep.Domain.Measuring.Identify.Withdrawn(expected, one);
                else Assert.Null(LStep.Domain.Measuring.Identify.Merge(ref expected, ref life, one).Code);
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
