using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Rules;

/// <summary>
/// Activities of a case: {"activity": "lesson_completed", "daysAgo": 3 (or "at"), "id", "score", "final", "curriculumCompletion", "count",
/// "mobile", "times", "everyDays"}. With times it happens so often, everyDays apart, the last one at its moment.
/// </summary>
sealed class ActivityReader(CaseFields fields, DateTimeOffset at)
{
    const int PerCaseMax = 10_000;
    const int CountMax = 1_000_000;

    static readonly ImmutableArray<string> Members =
        ["activity", "at", "daysAgo", "id", "score", "final", "curriculumCompletion", "count", "mobile", "times", "everyDays"];

    static readonly ImmutableDictionary<string, ActivityType> Types = Enum.GetValues<ActivityType>()
        .Where(type => type is not (ActivityType.Identify or ActivityType.Alias or ActivityType.Group))
        .ToImmutableDictionary(Name, StringComparer.Ordinal);

    int made;

    public ImmutableArray<Activity> Read(JsonElement? json, string path)
    {
        if (json is not { } given) return [];
        if (given.ValueKind != JsonValueKind.Array)
        {
            fields.Fail(path, "not_a_list", "Activities are a list.");
            return [];
        }
        var activities = ImmutableArray.CreateBuilder<Activity>();
        foreach (var (index, item) in given.EnumerateArray().Index()) One(item, $"{path}[{index}]", activities);
        return [.. activities.OrderBy(activity => activity.OccurredAt)];
    }

    void One(JsonElement json, string path, ImmutableArray<Activity>.Builder activities)
    {
        fields.Only(json, path, Members);
        var name = fields.Text(json, path, "activity") ?? "";
        if (!Types.TryGetValue(name, out var type))
        {
            fields.Fail(
                $"{path}.activity", "unknown_activity", $"'{Nearest.Cut(name)}' is no activity.{Nearest.Question(name, Types.Keys)}");
            return;
        }
        var last = fields.Instant(json, path, "at") ?? at - RuleCaseRun.Days(fields.Number(json, path, "daysAgo") ?? 0);
        var times = (int)(fields.Number(json, path, "times", PerCaseMax) ?? 1);
        var apart = RuleCaseRun.Days(fields.Number(json, path, "everyDays") ?? 1);
        if (last > at) fields.Fail(path, "in_the_future", "This would happen after the instant that is asked about.");
        if (made + times > PerCaseMax)
        {
            fields.Fail(path, "too_many_activities", $"A case has at most {PerCaseMax} activities.");
            return;
        }
        var one = new Activity
        {
            MessageId = "", Type = type, OccurredAt = last, ReceivedAt = last, Subject = fields.Text(json, path, "id"),
            Score = fields.Number(json, path, "score", 100), Final = fields.Flag(json, path, "final"),
            CurriculumCompletion =
                fields.Number(json, path, "curriculumCompletion", 100) ?? (type == ActivityType.CourseCompleted ? 100 : null),
            Count = (int)(fields.Number(json, path, "count", CountMax) ?? 1), Mobile = fields.Flag(json, path, "mobile"),
        };
        for (var time = times - 1; time >= 0; time--)
            activities.Add(one with { MessageId = $"{++made}", OccurredAt = last - time * apart, ReceivedAt = last - time * apart });
    }

    static string Name(ActivityType type)
    {
        var name = new StringBuilder();
        foreach (var c in type.ToString())
        {
            if (char.IsUpper(c) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(c));
        }
        return name.ToString();
    }
}
