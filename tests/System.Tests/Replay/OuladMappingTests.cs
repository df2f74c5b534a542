using System.Text.Json;
using LStep.Workbench.Replay;

namespace LStep.System.Tests.Replay;

public sealed class OuladMappingTests
{
    private static readonly OuladPresentation Course = new(
        "AAA_2013J", new DateOnly(2013, 10, 5), -10, 240, new Dictionary<int, int?> { [1] = 19, [2] = 54, [3] = 215, [4] = 117 }, () => []);

    private static OuladEvent Event(string type) => new()
    {
        EventId = "AAA_2013J-v7", LearnerId = "oulad-28400", Course = "AAA_2013J", Type = type, Day = 3,
        OccurredAt = new DateTimeOffset(2013, 10, 8, 12, 0, 4, TimeSpan.Zero), SiteId = 546652, Activity = "subpage", Count = 4,
    };

    private static OuladEvent Submission(int assessment, decimal? score, string kind = "TMA") =>
        Event("assessment_submitted") with { EventId = $"AAA_2013J-a{assessment}-28400", AssessmentId = assessment, Kind = kind,
            Score = score, SiteId = null, Count = null };

    private static JsonElement[] Map(params OuladEvent[] events)
    {
        var mapping = new OuladMapping(Course);
        return [.. events.SelectMany(mapping.Map).Select(message => JsonElement.Parse(message.Json.Span))];
    }

    [Theory]
    [InlineData("session_start", false, 1, "track", "Logged In", null)]
    [InlineData("page_view", false, 4, "page", "subpage", "siteId")]
    [InlineData("lesson_view", true, 4, "track", "Lesson Completed", "lessonId")]
    [InlineData("lesson_view", false, 4, "page", "subpage", "siteId")]
    [InlineData("quiz_activity", false, 4, "track", "Feature Used", "featureId")]
    [InlineData("feature_use", false, 4, "track", "Feature Used", "featureId")]
    [InlineData("live_session", false, 4, "track", "Feature Used", "featureId")]
    [InlineData("forum_activity", false, 5, "track", "Comment Made", null)]
    [InlineData("forum_activity", false, 4, "page", "subpage", "siteId")]
    public void Each_event_becomes_one_message(string type, bool firstOpen, int count, string call, string name, string? idProperty)
    {
        var message = Assert.Single(Map(Event(type) with { FirstOpen = firstOpen, Count = count }));

        Assert.Equal(call, message.GetProperty("type").GetString());
        Assert.Equal(name, message.GetProperty(call == "page" ? "name" : "event").GetString());
        Assert.Equal("AAA_2013J-v7", message.GetProperty("messageId").GetString());
        Assert.Equal("oulad-28400", message.GetProperty("userId").GetString());
        Assert.Equal("2013-10-08T12:00:04.000Z", message.GetProperty("timestamp").GetString());
        var properties = message.GetProperty("properties");
        Assert.Equal(count, properties.GetProperty("count").GetInt32());
        Assert.Equal(type, properties.GetProperty("sourceType").GetString());
        if (idProperty is not null) Assert.Equal("546652", properties.GetProperty(idProperty).GetString());
    }

    [Fact]
    public void An_enrolment_identifies_the_learner_from_the_events_time_and_the_first_day()
    {
        var message = Assert.Single(Map(Event("enrolled") with { EventId = "AAA_2013J-r28400", SiteId = null, Count = null }));

        Assert.Equal("identify", message.GetProperty("type").GetString());
        var traits = message.GetProperty("traits");
        Assert.Equal("2013-10-08T12:00:04.000Z", traits.GetProperty("createdAt").GetString());
        Assert.Equal("2013-10-05T00:00:00.000Z", traits.GetProperty("startsAt").GetString());
        Assert.Equal((traits.GetProperty("tier").GetString(), traits.GetProperty("ltv").GetDecimal()), OuladMapping.TierOf("oulad-28400"));
        Assert.Equal("enrolled", traits.GetProperty("sourceType").GetString());
        Assert.Equal(1, traits.GetProperty("count").GetInt32());
    }

    [Theory]
    // The first four bytes of SHA-256, big-endian, modulo 100, computed elsewhere: 13, 59, 60, 94, 95.
    [InlineData("oulad-28400", "Freemium", 0)]
    [InlineData("oulad-28757", "Freemium", 0)]
    [InlineData("oulad-28452", "Pro", 1200)]
    [InlineData("oulad-28424", "Pro", 1200)]
    [InlineData("oulad-28428", "Enterprise", 8000)]
    public void The_tier_comes_from_the_learners_id(string learner, string tier, int ltv) =>
        Assert.Equal((tier, (decimal)ltv), OuladMapping.TierOf(learner));

    [Fact]
    public void A_passed_tutor_marked_assessment_completes_a_module()
    {
        var messages = Map(Submission(1, 40), Submission(2, 39.9m), Submission(3, 88));

        Assert.Equal(
            ["Assessment Taken", "Module Completed", "Assessment Taken", "Assessment Taken", "Module Completed"],
            messages.Select(message => message.GetProperty("event").GetString()));
        Assert.Equal("AAA_2013J-a1-28400-m", messages[1].GetProperty("messageId").GetString());
        Assert.Equal([25m, 50m], new[] { messages[1], messages[4] }.Select(
            message => message.GetProperty("properties").GetProperty("curriculumCompletion").GetDecimal()));
    }

    [Fact]
    public void The_tutor_marked_assessment_that_is_due_last_is_final()
    {
        var messages = Map(Submission(2, 20), Submission(3, 30), Submission(9, 99, "Exam"));

        Assert.Equal([false, true, false], messages.Select(message => message.GetProperty("properties").GetProperty("final").GetBoolean()));
        Assert.Equal([20m, 30m, 99m], messages.Select(message => message.GetProperty("properties").GetProperty("score").GetDecimal()));
    }

    [Fact]
    public void What_has_no_score_or_is_an_outcome_is_left_out() =>
        Assert.Empty(Map(Submission(1, null), Event("unregistered")));
}
