using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Campaigning;

/// <summary>Reads the campaigns of one list and gathers everything that is wrong with them.</summary>
sealed class CampaignReader
{
    /// <summary>Counts, which GET has beside what is defined, are nobody's to set and are passed over.</summary>
    const string Counts = "counts";

    static readonly ImmutableArray<string> Members =
    [
        "name", "on", "from", "firstTime", "audience", "whenSending", "kind", "holdoutPercent", "onceInDays", "onHighValueReview", "steps",
        "variants", "promoted", "payload", "active",
    ], StepMembers = ["number", "afterMinutes", "channel"], VariantMembers = ["name", "weight"];

    static readonly ImmutableArray<string> Kinds = [.. Enum.GetValues<CampaignKind>().Select(CampaignJson.NameOf)];

    /// <summary>There are six; who repeats them for ever is not read to the end.</summary>
    const int TagsReadMax = 100;

    readonly HashSet<string> names = new(StringComparer.Ordinal);
    readonly CampaignFields fields;

    public CampaignReader() => fields = new CampaignFields(Errors);

    public List<InputError> Errors { get; } = [];

    /// <summary>Where each clause was read.</summary>
    public Dictionary<Condition.Clause, string> Places { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The campaigns that could be read, each with its place in the list.</summary>
    public ImmutableArray<(int Index, Campaign Campaign)> ReadList(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > CampaignJson.CampaignsMax)
        {
            fields.Fail(path, "not_a_list", $"This is a list of 1 to {CampaignJson.CampaignsMax} campaigns.");
            return [];
        }
        if (ReadableTexts.WhereNot(json, path) is { } place)
        {
            fields.Fail(place, "bad_text", "A text here holds U+0000 or half a character.");
            return [];
        }
        var campaigns = ImmutableArray.CreateBuilder<(int Index, Campaign Campaign)>();
        foreach (var (index, item) in json.EnumerateArray().Index())
        {
            if (Errors.Count >= CampaignJson.ErrorsMax) break;
            if (Read(item, $"{path}[{index}]") is { } campaign) campaigns.Add((index, campaign));
        }
        return campaigns.DrainToImmutable();
    }

    Campaign? Read(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            fields.Fail(path, "not_an_object", "A campaign is an object.");
            return null;
        }
        var errorsBefore = Errors.Count;
        fields.Only(json, path, "A campaign", Members, passedOver: Counts);
        var on = ReadTag(CampaignFields.Member(json, "on"), $"{path}.on");
        var from = ReadFrom(json, $"{path}.from");
        if (on is { } tag && from.Contains(tag))
            fields.Fail($"{path}.from", "on_in_from", $"Nobody comes from {tag.Code()} to {tag.Code()}.");
        var variants = ReadVariants(json, $"{path}.variants");
        var campaign = new Campaign
        {
            Name = ReadName(json, path),
            On = on ?? default,
            From = from,
            FirstTime = fields.Flag(json, path, "firstTime", otherwise: false),
            Audience = ReadCondition(json, path, "audience"),
            WhenSending = ReadCondition(json, path, "whenSending"),
            Kind = ReadKind(json, $"{path}.kind"),
            HoldoutPercent = fields.Whole(json, path, "holdoutPercent", 0, 100, otherwise: 0),
            OnceInDays = fields.Whole(json, path, "onceInDays", 1, CampaignJson.OnceInDaysMax, otherwise: 30),
            OnHighValueReview = fields.Flag(json, path, "onHighValueReview", otherwise: false),
            Steps = ReadSteps(json, $"{path}.steps"),
            Variants = variants,
            Promoted = ReadPromoted(json, $"{path}.promoted", variants),
            Payload = fields.Payload(json, $"{path}.payload"),
            Active = fields.Flag(json, path, "active", otherwise: true),
        };
        return Errors.Count == errorsBefore ? campaign : null;
    }

    string ReadName(JsonElement json, string path)
    {
        var name = CampaignFields.Member(json, "name") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        if (!IsSnakeCase(name))
            fields.Fail(
                $"{path}.name", "bad_name",
                $"A name is snake_case: a letter, then letters, digits and _ in lower case, at most {CampaignJson.NameCharsMax}.");
        else if (name == CampaignMatching.ReviewWaiting)
            fields.Fail($"{path}.name", "reserved_name", $"{name} is what the product itself calls the alerts of open reviews.");
        else if (!names.Add(name))
            fields.Fail($"{path}.name", "duplicate_name", $"Another campaign is called {name}.");
        return name;
    }

    ImmutableArray<StatusTag> ReadFrom(JsonElement json, string path)
    {
        if (CampaignFields.Member(json, "from") is not { } list) return [];
        if (list.ValueKind != JsonValueKind.Array)
        {
            fields.Fail(path, "not_a_list", "This is a list of tags; an empty one means any.");
            return [];
        }
        var tags = ImmutableArray.CreateBuilder<StatusTag>();
        foreach (var (index, item) in list.EnumerateArray().Take(TagsReadMax).Index())
            if (ReadTag(item, $"{path}[{index}]") is { } tag && !tags.Contains(tag)) tags.Add(tag);
        return tags.DrainToImmutable();
    }

    StatusTag? ReadTag(JsonElement? json, string path)
    {
        if (json is { ValueKind: JsonValueKind.String } code && StatusTags.TryParse(code.GetString(), out var tag)) return tag;
        fields.Fail(path, "unknown_tag", "A tag is one of ST_001 to ST_006.");
        return null;
    }

    Condition? ReadCondition(JsonElement json, string path, string name)
    {
        if (CampaignFields.Member(json, name) is not { } conditions) return null;
        var reader = new ConditionReader();
        var condition = reader.Read(conditions, $"{path}.{name}", depth: 1);
        foreach (var (clause, place) in reader.Places) Places.Add(clause, place);
        Errors.AddRange(reader.Errors);
        return reader.Errors.Count == 0 ? condition : null;
    }

    CampaignKind ReadKind(JsonElement json, string path)
    {
        var given = CampaignFields.Member(json, "kind");
        if (given is { ValueKind: JsonValueKind.String } text && Kinds.IndexOf(text.GetString()!) is >= 0 and var kind)
            return (CampaignKind)kind;
        fields.Fail(
            path, given is null ? "missing" : "unknown_kind",
            "A kind is marketing (consent, frequency cap, quiet hours and holdout apply) or service (they do not)."
                + (given is { ValueKind: JsonValueKind.String } other ? Nearest.Question(other.GetString()!, Kinds) : ""));
        return default;
    }

    ImmutableArray<CampaignStep> ReadSteps(JsonElement json, string path)
    {
        if (CampaignFields.Member(json, "steps") is not { ValueKind: JsonValueKind.Array } list
            || list.GetArrayLength() is 0 or > CampaignJson.StepsMax)
        {
            fields.Fail(path, "not_a_list", $"A campaign has a list of 1 to {CampaignJson.StepsMax} steps.");
            return [];
        }
        var steps = ImmutableArray.CreateBuilder<CampaignStep>();
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            var step = ReadStep(item, $"{path}[{index}]", index + 1);
            if (steps is [.., var last] && step.After < last.After)
                fields.Fail(
                    $"{path}[{index}].afterMinutes", "falling_delay",
                    "A step comes no earlier than the one before it: delays count from the transition.");
            steps.Add(step);
        }
        return steps.DrainToImmutable();
    }

    CampaignStep ReadStep(JsonElement json, string path, int number)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            fields.Fail(path, "not_an_object", "A step is an object with afterMinutes and channel.");
            return new CampaignStep(number, default, default);
        }
        fields.Only(json, path, "A step", StepMembers);
        if (CampaignFields.Member(json, "number") is { } given
            && (given.ValueKind != JsonValueKind.Number || !given.TryGetInt32(out var said) || said != number))
            fields.Fail($"{path}.number", "bad_number", $"Steps are numbered from 1 in their order: this one is {number}.");
        var after = fields.Whole(json, path, "afterMinutes", 0, CampaignJson.AfterMinutesMax, otherwise: null);
        var name = CampaignFields.Member(json, "channel") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        var channel = Channels.Named(name);
        if (channel is null)
        {
            var known = Channels.All.Select(one => one.Name()).ToList();
            fields.Fail(
                $"{path}.channel", name is null ? "missing" : "unknown_channel",
                $"A channel is one of {string.Join(", ", known)}.{(name is null ? "" : Nearest.Question(name, known))}");
        }
        return new CampaignStep(number, TimeSpan.FromMinutes(after), channel ?? default);
    }

    ImmutableArray<CampaignVariant> ReadVariants(JsonElement json, string path)
    {
        if (CampaignFields.Member(json, "variants") is not { } list) return [];
        if (list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() is not 0 and (< CampaignJson.VariantsMin or > CampaignJson.VariantsMax))
        {
            fields.Fail(
                path, "not_a_list",
                $"A comparison has {CampaignJson.VariantsMin} to {CampaignJson.VariantsMax} variants; an empty list is none.");
            return [];
        }
        var (variants, taken) = (ImmutableArray.CreateBuilder<CampaignVariant>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (index, item) in list.EnumerateArray().Index())
        {
            var place = $"{path}[{index}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                fields.Fail(place, "not_an_object", "A variant is an object with name and weight.");
                continue;
            }
            fields.Only(item, place, "A variant", VariantMembers);
            var name = CampaignFields.Member(item, "name") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
            if (!IsSnakeCase(name)) fields.Fail($"{place}.name", "bad_name", VariantName);
            else if (name == Holdout)
                fields.Fail($"{place}.name", "reserved_name", $"{Holdout} is what those are called who get nothing.");
            else if (!taken.Add(name)) fields.Fail($"{place}.name", "duplicate_name", $"Another variant is called {name}.");
            variants.Add(new CampaignVariant(name, fields.Whole(item, place, "weight", 1, CampaignJson.WeightMax, otherwise: null)));
        }
        return variants.DrainToImmutable();
    }

    string? ReadPromoted(JsonElement json, string path, ImmutableArray<CampaignVariant> variants)
    {
        if (CampaignFields.Member(json, "promoted") is not { } given) return null;
        if (given.ValueKind != JsonValueKind.String || !IsSnakeCase(given.GetString()!))
            fields.Fail(path, "bad_name", VariantName);
        else if (!variants.IsEmpty)
            fields.Fail(path, "promoted_and_variants", "Where variants are compared, none of them has been promoted yet.");
        else return given.GetString();
        return null;
    }

    const string Holdout = "holdout";

    static readonly string VariantName =
        $"The name of a variant is snake_case, as the files of its texts are named by it, at most {CampaignJson.NameCharsMax} characters.";

    /// <summary>A small letter, then small letters, digits and underlines.</summary>
    static bool IsSnakeCase(string name) =>
        name.Length is > 0 and <= CampaignJson.NameCharsMax && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');
}
