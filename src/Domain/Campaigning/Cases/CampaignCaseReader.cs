using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Domain.Campaigning.Cases;

/// <summary>
/// Reads cases of campaigns: {"name", "given": {"at", "from", "to", "firstTime", "review", "id", "enrolledDaysAgo", "profile",
/// "activities", "metrics", "heldOut", "lateHours", "sent", "startedDaysAgo", "movedOn": {"to", "hoursLater"}, "undoneHoursLater"},
/// "expect": {"starts", "messages": [{"campaign", "step", "channel", "variant", "afterMinutes", "held", "heldUntil", "fate", "at",
/// "reason"}]}}.
/// </summary>
public sealed class CampaignCaseReader
{
    const int MessagesMax = 200;
    const int SentMax = 100;
    const decimal HoursMax = 24 * 366;
    const decimal EnrolledDaysByDefault = 90;

    /// <summary>A Tuesday noon, where a case does not care.</summary>
    static readonly DateTimeOffset Noon = new(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);

    static readonly ImmutableArray<string> CaseMembers = ["name", "given", "expect"], GivenMembers =
        [
            "at", "from", "to", "firstTime", "review", "id", "enrolledDaysAgo", "profile", "activities", "metrics", "heldOut", "lateHours",
            "sent", "startedDaysAgo", "movedOn", "undoneHoursLater",
        ],
        MovedMembers = ["to", "hoursLater"], SentMembers = ["at", "hoursAgo"], ExpectMembers = ["starts", "messages"], MessageMembers =
        ["campaign", "step", "channel", "variant", "afterMinutes", "held", "heldUntil", "fate", "at", "reason"],
        Fates = [FoundMessage.Sent, FoundMessage.Suppressed, FoundMessage.Cancelled];

    readonly CaseFields fields = new();
    readonly ImmutableHashSet<string> known;

    CampaignCaseReader(IEnumerable<Campaign> campaigns) => known = [.. campaigns.Select(one => one.Name)];

    /// <param name="campaigns">Those that the cases are about: a case names no other.</param>
    public static Parsed<ImmutableArray<CampaignCase>> Read(JsonElement json, IEnumerable<Campaign> campaigns, string path = "cases")
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > CaseReader.CasesMax)
            return new Parsed<ImmutableArray<CampaignCase>>.Failed(
                [new InputError(path, "not_a_list", $"Cases are a list of 1 to {CaseReader.CasesMax}.")]);
        var reader = new CampaignCaseReader(campaigns);
        var cases = ImmutableArray.CreateBuilder<CampaignCase>();
        foreach (var (index, item) in json.EnumerateArray().Index()) cases.Add(reader.Case(item, $"{path}[{index}]"));
        return reader.fields.Errors.Count > 0 ? new Parsed<ImmutableArray<CampaignCase>>.Failed([.. reader.fields.Errors])
            : new Parsed<ImmutableArray<CampaignCase>>.Ok(cases.DrainToImmutable());
    }

    CampaignCase Case(JsonElement json, string path)
    {
        fields.Only(json, path, CaseMembers);
        var name = fields.Text(json, path, "name") ?? "";
        if (name.Length == 0) fields.Fail($"{path}.name", "missing", "A case has a name that says what should be.");
        return new CampaignCase(
            name, Given(CaseFields.Member(json, "given") ?? default, $"{path}.given"),
            Expect(CaseFields.Member(json, "expect") ?? default, $"{path}.expect"));
    }

    GivenTransition Given(JsonElement json, string path)
    {
        fields.Only(json, path, GivenMembers);
        var (at, from, to) = (fields.Instant(json, path, "at") ?? Noon, fields.Tag(json, path, "from"), fields.Tag(json, path, "to"));
        if (to is null && CaseFields.Member(json, "to") is null)
            fields.Fail($"{path}.to", "missing", "A case says which tag begins, or what a review recommends.");
        var review = fields.Flag(json, path, "review");
        if (review && from is null) fields.Fail($"{path}.from", "missing", "Who is reviewed has a tag.");
        var profile = CaseFields.Member(json, "profile");
        if (profile is { ValueKind: not JsonValueKind.Object })
            fields.Fail($"{path}.profile", "not_an_object", "A profile is an object of traits.");
        var late = Hours(json, path, "lateHours") ?? TimeSpan.Zero;
        return new GivenTransition
        {
            At = at, From = from, To = to ?? default,
            FirstTime = CaseFields.Member(json, "firstTime") is null || fields.Flag(json, path, "firstTime"), Review = review,
            Id = fields.Text(json, path, "id") ?? "case", HeldOut = fields.Flag(json, path, "heldOut"), Late = late,
            Customer = new GivenCustomer
            {
                At = at, Tag = (review ? from : to) ?? default, PreviousTag = review ? null : from, DaysInStatus = review ? null : 0,
                EnrolledDaysAgo = fields.Number(json, path, "enrolledDaysAgo") ?? EnrolledDaysByDefault,
                Profile = profile is { ValueKind: JsonValueKind.Object } traits ? traits.GetRawText() : "{}",
                Activities = new ActivityReader(fields, at).Read(CaseFields.Member(json, "activities"), $"{path}.activities"),
                Metrics = fields.Metrics(CaseFields.Member(json, "metrics"), $"{path}.metrics"),
            },
            Sent = Sent(CaseFields.Member(json, "sent"), $"{path}.sent", at),
            StartedDaysAgo = Started(CaseFields.Member(json, "startedDaysAgo"), $"{path}.startedDaysAgo"),
            MovedOn = MovedOn(CaseFields.Member(json, "movedOn"), $"{path}.movedOn", at),
            UndoneAt = Hours(json, path, "undoneHoursLater") is { } later ? at + later : null,
        };
    }

    ImmutableArray<DateTimeOffset> Sent(JsonElement? json, string path, DateTimeOffset at)
    {
        var sent = ImmutableArray.CreateBuilder<DateTimeOffset>();
        foreach (var (item, place) in Items(json, path, SentMax))
        {
            fields.Only(item, place, SentMembers);
            sent.Add(fields.Instant(item, place, "at") ?? at - (Hours(item, place, "hoursAgo") ?? TimeSpan.Zero));
        }
        return sent.DrainToImmutable();
    }

    ImmutableDictionary<string, decimal> Started(JsonElement? json, string path)
    {
        var started = ImmutableDictionary.CreateBuilder<string, decimal>();
        if (json is not { } given) return started.ToImmutable();
        fields.Only(given, path, []);
        if (given.ValueKind != JsonValueKind.Object) return started.ToImmutable();
        foreach (var member in given.EnumerateObject())
        {
            Known(member.Name, $"{path}.{Nearest.Cut(member.Name)}");
            started[member.Name] = fields.Number(given, path, member.Name) ?? 0;
        }
        return started.ToImmutable();
    }

    (StatusTag To, DateTimeOffset At)? MovedOn(JsonElement? json, string path, DateTimeOffset at)
    {
        if (json is not { } given) return null;
        fields.Only(given, path, MovedMembers);
        if (fields.Tag(given, path, "to") is { } tag && Hours(given, path, "hoursLater") is { } later) return (tag, at + later);
        fields.Fail(path, "incomplete", "A later move has to and hoursLater.");
        return null;
    }

    TimeSpan? Hours(JsonElement json, string path, string name) =>
        fields.Number(json, path, name, HoursMax) is { } hours ? TimeSpan.FromMinutes((double)(hours * 60)) : null;

    ExpectedMessages Expect(JsonElement json, string path)
    {
        fields.Only(json, path, ExpectMembers);
        var starts = CaseFields.Member(json, "starts");
        var messages = Items(CaseFields.Member(json, "messages"), $"{path}.messages", MessagesMax)
            .Select(item => Message(item.Item, item.Path))
            .ToImmutableArray();
        if (starts is null && messages.IsEmpty)
            fields.Fail(path, "missing", $"A case expects something: {string.Join(", ", ExpectMembers)}.");
        return new ExpectedMessages(
            starts is null ? null
                : [.. Items(starts, $"{path}.starts", MessagesMax).Select(item => Known(Text(item.Item, item.Path), item.Path))], messages);
    }

    ExpectedMessage Message(JsonElement json, string path)
    {
        fields.Only(json, path, MessageMembers);
        return new ExpectedMessage(
            Known(fields.Text(json, path, "campaign") ?? "", $"{path}.campaign"),
            (int)(fields.Number(json, path, "step", CampaignJson.StepsMax) ?? 1),
            OneOf(json, path, "channel", Channels.All.Select(one => one.Name())),
            fields.Text(json, path, "variant"), (int?)fields.Number(json, path, "afterMinutes", CampaignJson.AfterMinutesMax),
            IsNull(json, "held") ? "" : fields.Text(json, path, "held"), fields.Instant(json, path, "heldUntil"),
            OneOf(json, path, "fate", Fates), fields.Instant(json, path, "at"), fields.Text(json, path, "reason"));
    }

    static bool IsNull(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Null;

    string? OneOf(JsonElement json, string path, string name, IEnumerable<string> names)
    {
        var (text, all) = (fields.Text(json, path, name), names.ToList());
        if (text is not null && !all.Contains(text))
            fields.Fail($"{path}.{name}", "unknown_value", $"This is one of {string.Join(", ", all)}.{Nearest.Question(text, all)}");
        return text;
    }

    string Known(string name, string path)
    {
        if (!known.Contains(name) && name != CampaignMatching.ReviewWaiting)
            fields.Fail(path, "unknown_campaign", $"'{Nearest.Cut(name)}' is no campaign here.{Nearest.Question(name, known)}");
        return name;
    }

    string Text(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String) return json.GetString()!;
        fields.Fail(path, "wrong_type", "This is a text.");
        return "";
    }

    IEnumerable<(JsonElement Item, string Path)> Items(JsonElement? json, string path, int max)
    {
        if (json is not { } list) return [];
        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= max)
            return list.EnumerateArray().Select((item, index) => (item, $"{path}[{index}]"));
        fields.Fail(path, "not_a_list", $"This is a list of at most {max}.");
        return [];
    }
}
