using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Campaigning;

/// <summary>Members of a campaign as what they have to be; everything that is not is gathered.</summary>
sealed class CampaignFields(List<InputError> errors)
{
    /// <summary>An instruction to people; they read no more of it.</summary>
    const int AssigneeCharsMax = 100;
    const int DueInHoursMax = 24 * 365;
    const int ExponentCharsMax = 5;

    static readonly JsonSerializerOptions Compact = new() { Encoder = JsonText.Plain.Encoder };

    public void Fail(string path, string code, string message)
    {
        if (errors.Count < CampaignJson.ErrorsMax) errors.Add(new InputError(path, code, message));
    }

    public static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    public void Only(JsonElement json, string path, string what, ImmutableArray<string> known, string? passedOver = null)
    {
        foreach (var member in json.EnumerateObject())
            if (!known.Contains(member.Name) && member.Name != passedOver)
                Fail(
                    $"{path}.{Nearest.Cut(member.Name)}", "unknown_member",
                    $"{what} has no such member.{Nearest.Question(member.Name, known)}");
    }

    public bool Flag(JsonElement json, string path, string name, bool otherwise)
    {
        if (Member(json, name) is not { } flag) return otherwise;
        if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fail($"{path}.{name}", "not_a_flag", "This is true or false.");
        return flag.ValueKind == JsonValueKind.True;
    }

    /// <param name="otherwise">Where it is not given; null where it has to be.</param>
    public int Whole(JsonElement json, string path, string name, int min, int max, int? otherwise)
    {
        var given = Member(json, name);
        if (given is null && otherwise is { } value) return value;
        if (given is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var whole) && whole >= min && whole <= max)
            return whole;
        Fail($"{path}.{name}", given is null ? "missing" : "out_of_range", $"{name} is a whole number from {min} to {max}.");
        return min;
    }

    public string Payload(JsonElement json, string path)
    {
        if (Member(json, "payload") is not { } payload) return "{}";
        if (payload.ValueKind != JsonValueKind.Object)
        {
            Fail(path, "not_an_object", "A payload is an object.");
            return "{}";
        }
        var text = JsonSerializer.Serialize(payload, Compact);
        if (Encoding.UTF8.GetByteCount(text) > CampaignJson.PayloadBytesMax)
            Fail(path, "too_large", $"A payload has at most {CampaignJson.PayloadBytesMax / 1024} KB.");
        if (!IsWithin(payload, CampaignJson.PayloadDepthMax))
            Fail(path, "unreadable_payload",
                $"A payload nests at most {CampaignJson.PayloadDepthMax} deep, and its numbers are such as 12.5.");
        Orders(payload, path);
        return text;
    }

    /// <summary>What tasks are made of, where it is given.</summary>
    void Orders(JsonElement payload, string path)
    {
        foreach (var name in new[] { "assignee", "priority" })
            if (Member(payload, name) is { } text
                && (text.ValueKind != JsonValueKind.String || text.GetString()!.Length > AssigneeCharsMax))
                Fail($"{path}.{name}", "wrong_type", $"{name} is a text of at most {AssigneeCharsMax} characters.");
        if (Member(payload, "due_in_hours") is { } hours
            && (hours.ValueKind != JsonValueKind.Number || !hours.TryGetDecimal(out var within) || within is < 0 or > DueInHoursMax))
            Fail($"{path}.due_in_hours", "wrong_type", $"due_in_hours is a number from 0 to {DueInHoursMax}.");
    }

    /// <summary>A number with a longer exponent is none to anybody who has to read it.</summary>
    static bool IsReadable(JsonElement number)
    {
        var text = number.GetRawText();
        var exponent = text.IndexOfAny(['e', 'E']);
        return (exponent < 0 || text.Length - exponent <= ExponentCharsMax) && number.TryGetDecimal(out _);
    }

    static bool IsWithin(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.Object => depth > 0 && json.EnumerateObject().All(member => IsWithin(member.Value, depth - 1)),
        JsonValueKind.Array => depth > 0 && json.EnumerateArray().All(item => IsWithin(item, depth - 1)),
        JsonValueKind.Number => IsReadable(json),
        _ => true,
    };
}
