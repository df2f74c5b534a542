using System.Text;
using LStep.Api.Standards;

namespace LStep.System.Tests.Standards;

/// <summary>The file that says what verbs and event types are recorded as.</summary>
public sealed class LearningMapTests
{
    [Fact]
    public void The_first_rule_that_fits_counts_and_the_built_in_one_knows_the_usual_verbs()
    {
        const string Completed = "http://adlnet.gov/expapi/verbs/completed";
        var map = LearningMap.BuiltIn;
        Assert.Equal("Course Completed", map.Find(Completed, "http://adlnet.gov/expapi/activities/course")!.Event);
        Assert.Equal("Lesson Completed", map.Find(Completed, null)!.Event);
        Assert.Null(map.Find("http://adlnet.gov/expapi/verbs/voided", null)!.Event);
        Assert.Null(map.Find("x:juggled", null));
        Assert.Equal("Video Played", map.Find("MediaEvent", "Started", "VideoObject")!.Event);
        Assert.Equal("Feature Used", map.Find("MediaEvent", "Muted", "VideoObject")!.Event);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("{}", "xapi")]
    [InlineData("""{"xapi":[],"caliper":null}""", "arrays")]
    [InlineData("""{"xapi":[{"verb":"x:y"}],"caliper":[]}""", "event")]
    [InlineData("""{"xapi":[{"verb":"completed","event":"A"}],"caliper":[]}""", "xapi[0].verb 'completed' is no absolute IRI")]
    [InlineData("""{"xapi":[{"verb":"x:y","event":" "}],"caliper":[]}""", "xapi[0].event is the name of a track event")]
    [InlineData("""{"xapi":[{"verb":"x:y","event":"A"},{"verb":"x:y","event":"B"}],"caliper":[]}""", "xapi[1] is for the same as xapi[0]")]
    [InlineData("""{"xapi":[],"caliper":[{"type":"A","event":"B","vreb":"c"}]}""", "vreb")]
    public void A_file_that_cannot_be_used_is_refused_with_what_is_wrong(string json, string told)
    {
        var trouble = Assert.Throws<LearningMapException>(() => LearningMap.Parse(Encoding.UTF8.GetBytes(json), "map.json"));
        Assert.StartsWith("map.json: ", trouble.Message, StringComparison.Ordinal);
        Assert.Contains(told, trouble.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told_by_its_name() =>
        Assert.Contains("no-such-map.json", Assert.Throws<LearningMapException>(() => LearningMap.Read("/no-such-map.json")).Message);
}
