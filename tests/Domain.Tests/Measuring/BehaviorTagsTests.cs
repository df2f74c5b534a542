using LStep.Domain.Measuring;
using LStep.Domain.Tests.Deciding;

namespace LStep.Domain.Tests.Measuring;

public class BehaviorTagsTests
{
    static Activity[] Daily(int days, int perDay, Func<int, Activity, Activity> shape, ActivityType type = ActivityType.PageView) =>
        [.. Enumerable.Range(0, days * perDay).Select(
            i => shape(i, Given.An(type, Given.At("2026-03-31T10:00Z").AddDays(-(i / perDay)).AddSeconds(i % perDay).ToString("O"))))];

    static Activity[] On(string at, ActivityType type, int count, bool final = false) =>
        [.. Enumerable.Range(0, count).Select(i => Given.An(type, at) with { Final = final && i == 0 })];

    public static TheoryData<string, string, Activity[]> Cases => new()
    {
        { "active on 20 days", "BT_001", Daily(20, 1, (_, a) => a) },
        { "active on 19 days", "", Daily(19, 1, (_, a) => a) },
        { "12 of 20 from mobile", "BT_002", Daily(1, 20, (i, a) => a with { Mobile = i < 12 }) },
        { "11 of 20 from mobile", "", Daily(1, 20, (i, a) => a with { Mobile = i < 11 }) },
        { "all of 19 from mobile", "", Daily(1, 19, (_, a) => a with { Mobile = true }) },
        { "three questions are 60", "BT_003", On("2026-03-31T10:00Z", ActivityType.Question, 3) },
        { "five comments are 50", "", On("2026-03-31T10:00Z", ActivityType.Comment, 5) },
        { "two modules in 14 days", "BT_004", On("2026-03-18T00:00Z", ActivityType.ModuleCompleted, 2) },
        { "two modules 14 days ago", "", On("2026-03-17T23:00Z", ActivityType.ModuleCompleted, 2) },
        { "eight features", "BT_005", Daily(4, 3, (i, a) => a with { Subject = $"f{i % 8}" }, ActivityType.FeatureUse) },
        { "seven features", "", Daily(4, 3, (i, a) => a with { Subject = $"f{i % 7}" }, ActivityType.FeatureUse) },
        { "10 of 20 video", "BT_006", Daily(1, 20, (i, a) => a with { Type = i < 10 ? ActivityType.VideoPlay : ActivityType.PageView }) },
        { "9 of 20 video", "", Daily(1, 20, (i, a) => a with { Type = i < 9 ? ActivityType.VideoPlay : ActivityType.PageView }) },
        { "ten comments", "BT_003 BT_007", On("2026-03-31T10:00Z", ActivityType.Comment, 10) },
        { "nine answers", "BT_003", On("2026-03-31T10:00Z", ActivityType.Answer, 9) },
        { "three assessments, one final", "BT_008", On("2026-03-02T10:00Z", ActivityType.AssessmentTaken, 3, final: true) },
        { "three assessments, none final", "", On("2026-03-02T10:00Z", ActivityType.AssessmentTaken, 3) },
        { "two assessments, one final", "", On("2026-03-02T10:00Z", ActivityType.AssessmentTaken, 2, final: true) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tags_at_their_edges(string because, string tags, Activity[] activities)
    {
        var measures = Given.Customer().With("2026-03-31T12:00Z", activities).As("2026-03-31T12:00Z");
        Assert.True(tags == string.Join(' ', BehaviorTags.Of(measures)), because);
    }
}
