using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>Members of a case as what they have to be; everything that is not is gathered.</summary>
sealed class CaseFields
{
    /// <summary>Ten years: more is a slip.</summary>
    const decimal DaysMax = 3_660;

    public List<InputError> Errors { get; } = [];

    public void Fail(string path, string code, string message)
    {
        if (Errors.Count < RuleJson.ErrorsMax) Errors.Add(new InputError(path, code, message));
    }

    /// <summary>Tells what is no object, and members that are none of those known; all names are known where none are given.</summary>
    public void Only(JsonElement json, string path, ImmutableArray<string> known)
    {
        if (json.ValueKind == JsonValueKind.Undefined) return;
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fail(path, "not_an_object", "This is an object.");
            return;
        }
        if (known.IsEmpty) return;
        foreach (var member in json.EnumerateObject())
            if (!known.Contains(member.Name))
                Fail(
                    $"{path}.{Nearest.Cut(member.Name)}", "unknown_member",
                    $"There is no such member here.{Nearest.Question(member.Name, known)}");
    }

    public static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
            ? member : null;

    public string? Text(JsonElement json, string path, string name)
    {
        if (Member(json, name) is not { } text) return null;
        if (text.ValueKind == JsonValueKind.String) return text.GetString();
        Fail($"{path}.{name}", "wrong_type", "This is a text.");
        return null;
    }

    public bool Flag(JsonElement json, string path, string name)
    {
        if (Member(json, name) is not { } flag) return false;
        if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fail($"{path}.{name}", "wrong_type", "This is true or false.");
        return flag.ValueKind == JsonValueKind.True;
    }

    /// <summary>A number of days or hours, or of anything else that is not below 0.</summary>
    public decimal? Number(JsonElement json, string path, string name, decimal max = DaysMax)
    {
        if (Member(json, name) is not { } number) return null;
        if (number.ValueKind == JsonValueKind.Number && number.TryGetDecimal(out var value) && value >= 0 && value <= max) return value;
        Fail($"{path}.{name}", "wrong_type", $"This is a number from 0 to {max}.");
        return null;
    }

    public DateTimeOffset? Instant(JsonElement json, string path, string name)
    {
        if (Text(json, path, name) is not { } text) return null;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var instant) && instant.Year is > 2000 and < 2200)
            return instant;
        Fail($"{path}.{name}", "unreadable_date", "This is an instant such as 2026-03-02T12:00:00Z.");
        return null;
    }

    public StatusTag? Tag(JsonElement json, string path, string name) =>
        Member(json, name) is { } tag ? Tag(tag, $"{path}.{name}") : null;

    public StatusTag? Tag(JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.String && StatusTags.TryParse(json.GetString(), out var tag)) return tag;
        Fail(path, "unknown_tag", "A tag is one of ST_001 to ST_006.");
        return null;
    }

    /// <summary>Values that stand in place of measured ones.</summary>
    public ImmutableDictionary<Metric, MetricValue> Metrics(JsonElement? json, string path)
    {
        var metrics = ImmutableDictionary.CreateBuilder<Metric, MetricValue>();
        if (json is not { } given) return metrics.ToImmutable();
        Only(given, path, []);
        if (given.ValueKind != JsonValueKind.Object) return metrics.ToImmutable();
        foreach (var member in given.EnumerateObject())
        {
            var place = $"{path}.{Nearest.Cut(member.Name)}";
            if (!Measuring.Metrics.TryParse(member.Name, out var metric))
                Fail(
                    place, "unknown_metric",
                    $"'{Nearest.Cut(member.Name)}' is no metric.{Nearest.Question(member.Name, Measuring.Metrics.AllNames)}");
            else if (ValueOf(metric, member.Value) is { } value) metrics[metric] = value;
            else Fail(
                place, "wrong_type", $"{member.Name} is a {Measuring.Metrics.KindOf(metric).ToString().ToLowerInvariant()}, or null.");
        }
        return metrics.ToImmutable();
    }

    static MetricValue? ValueOf(Metric metric, JsonElement json) => (Measuring.Metrics.KindOf(metric), json.ValueKind) switch
    {
        (_, JsonValueKind.Null) => default(MetricValue),
        (MetricKind.Number, JsonValueKind.Number) when json.TryGetDecimal(out var number) => new MetricValue(Number: number),
        (MetricKind.Text, JsonValueKind.String) => new MetricValue(Text: json.GetString()),
        (MetricKind.List, JsonValueKind.Array) when json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            new MetricValue(List: [.. json.EnumerateArray().Select(item => item.GetString()!)]),
        _ => null,
    };
}
