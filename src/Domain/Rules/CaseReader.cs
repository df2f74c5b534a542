using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Rules;

/// <summary>
/// Reads cases: {"name", "given": {"at", "tag", "previousTag", "daysInStatus", "enrolledDaysAgo", "profile", "activities", "metrics",
/// "movedHoursAgo", "setByPerson", "locked", "refused"}, "expect": {"recommended", "rule", "confidence", "reviewReasons", "held",
/// "applied", "missing"}}.
/// </summary>
public sealed class CaseReader
{
    public const int CasesMax = 1_000;

    /// <summary>A Monday noon, where a case does not care.</summary>
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    const decimal EnrolledDaysByDefault = 90;

    static readonly ImmutableArray<string> CaseMembers = ["name", "given", "expect"], GivenMembers =
        [
            "at", "tag", "previousTag", "daysInStatus", "enrolledDaysAgo", "profile", "activities", "metrics", "movedHoursAgo",
            "setByPerson", "locked", "refused",
        ];

    readonly CaseFields fields = new();

    CaseReader() { }

    public static Parsed<ImmutableArray<RuleCase>> Read(JsonElement json, string path = "cases")
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > CasesMax)
            return new Parsed<ImmutableArray<RuleCase>>.Failed(
                [new InputError(path, "not_a_list", $"Cases are a list of 1 to {CasesMax}.")]);
        var reader = new CaseReader();
        var cases = ImmutableArray.CreateBuilder<RuleCase>();
        foreach (var (index, item) in json.EnumerateArray().Index()) cases.Add(reader.Case(item, $"{path}[{index}]"));
        return reader.fields.Errors.Count > 0 ? new Parsed<ImmutableArray<RuleCase>>.Failed([.. reader.fields.Errors])
            : new Parsed<ImmutableArray<RuleCase>>.Ok(cases.DrainToImmutable());
    }

    RuleCase Case(JsonElement json, string path)
    {
        fields.Only(json, path, CaseMembers);
        var name = fields.Text(json, path, "name") ?? "";
        if (name.Length == 0) fields.Fail($"{path}.name", "missing", "A case has a name that says what should be.");
        return new RuleCase(
            name, Given(CaseFields.Member(json, "given") ?? default, $"{path}.given"),
            Expect(CaseFields.Member(json, "expect") ?? default, $"{path}.expect"));
    }

    GivenCustomer Given(JsonElement json, string path)
    {
        fields.Only(json, path, GivenMembers);
        var at = fields.Instant(json, path, "at") ?? Noon;
        var profile = CaseFields.Member(json, "profile");
        if (profile is { ValueKind: not JsonValueKind.Object })
            fields.Fail($"{path}.profile", "not_an_object", "A profile is an object of traits.");
        return new GivenCustomer
        {
            At = at,
            Tag = fields.Tag(json, path, "tag") ?? StatusTag.Active,
            PreviousTag = fields.Tag(json, path, "previousTag"),
            DaysInStatus = fields.Number(json, path, "daysInStatus"),
            EnrolledDaysAgo = fields.Number(json, path, "enrolledDaysAgo") ?? EnrolledDaysByDefault,
            Profile = profile is { ValueKind: JsonValueKind.Object } traits ? traits.GetRawText() : "{}",
            Activities = new ActivityReader(fields, at).Read(CaseFields.Member(json, "activities"), $"{path}.activities"),
            Metrics = fields.Metrics(CaseFields.Member(json, "metrics"), $"{path}.metrics"),
            MovedHoursAgo = fields.Number(json, path, "movedHoursAgo"),
            SetByPerson = fields.Flag(json, path, "setByPerson"),
            Locked = fields.Flag(json, path, "locked"),
            Refused = Refused(CaseFields.Member(json, "refused"), $"{path}.refused"),
        };
    }

    ImmutableArray<StatusTag> Refused(JsonElement? json, string path)
    {
        if (json is not { } given) return [];
        if (given.ValueKind != JsonValueKind.Array)
        {
            fields.Fail(path, "not_a_list", "This is a list of tags.");
            return [];
        }
        return [.. given.EnumerateArray().Select((item, index) => fields.Tag(item, $"{path}[{index}]")).OfType<StatusTag>()];
    }

    ExpectedEvaluation Expect(JsonElement json, string path)
    {
        fields.Only(json, path, ExpectedEvaluation.Names);
        if (json.ValueKind != JsonValueKind.Object || !json.EnumerateObject().Any())
        {
            fields.Fail(path, "missing", $"A case expects something: {string.Join(", ", ExpectedEvaluation.Names)}.");
            return new ExpectedEvaluation { Members = ImmutableSortedDictionary<string, JsonElement>.Empty };
        }
        foreach (var member in json.EnumerateObject())
            if (!IsOfItsKind(member))
                fields.Fail($"{path}.{Nearest.Cut(member.Name)}", "wrong_type", Kinds(member.Name));
        return new ExpectedEvaluation
        {
            Members = json.EnumerateObject().DistinctBy(member => member.Name)
                .ToImmutableSortedDictionary(member => member.Name, member => member.Value.Clone(), new AsListed()),
        };
    }

    static bool IsOfItsKind(JsonProperty member) => member.Name switch
    {
        "recommended" => member.Value.ValueKind == JsonValueKind.Null
            || (member.Value.ValueKind == JsonValueKind.String && StatusTags.TryParse(member.Value.GetString(), out _)),
        "rule" or "held" => member.Value.ValueKind is JsonValueKind.Null or JsonValueKind.String,
        "confidence" => member.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Number,
        "applied" => member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "reviewReasons" => IsListOfTexts(member.Value),
        "missing" =>
            member.Value.ValueKind == JsonValueKind.Object && member.Value.EnumerateObject().All(rule => IsListOfTexts(rule.Value)),
        _ => true,
    };

    static string Kinds(string member) => member switch
    {
        "recommended" => "This is a tag, or null where nothing is recommended.",
        "rule" => "This is the name of a rule, or null.",
        "held" => "This is what holds the recommendation, or null.",
        "confidence" => "This is a number, or null.",
        "applied" => "This is true or false.",
        "reviewReasons" => "This is a list of reasons; an empty one where nothing needs a person.",
        _ => "This names rules, each with the list of metrics it lacks.",
    };

    static bool IsListOfTexts(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    /// <summary>What matters most comes first.</summary>
    sealed class AsListed : IComparer<string>
    {
        public int Compare(string? x, string? y) =>
            (ExpectedEvaluation.Names.IndexOf(x ?? ""), x).CompareTo((ExpectedEvaluation.Names.IndexOf(y ?? ""), y));
    }
}
