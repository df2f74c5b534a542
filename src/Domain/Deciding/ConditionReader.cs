using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>Reads one tree of conditions and gathers everything that is wrong with it.</summary>
sealed class ConditionReader
{
    int clauses;

    public List<InputError> Errors { get; } = [];

    /// <summary>Where each clause was read: two that are alike stand at different places.</summary>
    public Dictionary<Condition.Clause, string> Places { get; } = new(ReferenceEqualityComparer.Instance);

    public Condition? Read(JsonElement json, string path, int depth)
    {
        if (depth > ConditionJson.DepthMax)
            return Fail(path, "too_deep", $"Conditions nest at most {ConditionJson.DepthMax} deep.");
        if (json.ValueKind != JsonValueKind.Object)
            return Fail(path, "not_an_object", "A condition is an object.");
        var parts = ImmutableArray.CreateBuilder<Condition>();
        foreach (var member in json.EnumerateObject())
            if (ReadMember(member, path, depth) is { } part) parts.Add(part);
        return parts.Count switch
        {
            0 when Errors.Count > 0 => null,
            0 => Fail(path, "empty", "A condition needs at least one clause."),
            1 => parts[0],
            _ => new Condition.All(parts.DrainToImmutable()),
        };
    }

    Condition? ReadMember(JsonProperty member, string path, int depth)
    {
        var inner = $"{path}.{Nearest.Cut(member.Name)}";
        return member.Name switch
        {
            "all" => ReadParts(member.Value, inner, depth) is { } parts ? new Condition.All(parts) : null,
            "any" => ReadParts(member.Value, inner, depth) is { } parts ? new Condition.Any(parts) : null,
            "not" => Read(member.Value, inner, depth + 1) is { } part ? new Condition.Not(part) : null,
            _ => ReadClause(member, inner),
        };
    }

    ImmutableArray<Condition>? ReadParts(JsonElement json, string path, int depth)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
        {
            Fail(path, "not_a_list", "This is a list of at least one condition.");
            return null;
        }
        var parts = ImmutableArray.CreateBuilder<Condition>();
        var index = 0;
        foreach (var item in json.EnumerateArray())
            if (Read(item, $"{path}[{index++}]", depth + 1) is { } part) parts.Add(part);
        return parts.DrainToImmutable();
    }

    Condition.Clause? ReadClause(JsonProperty member, string path)
    {
        if (++clauses > ConditionJson.ClausesMax)
        {
            if (clauses == ConditionJson.ClausesMax + 1)
                Fail(path, "too_many_clauses", $"A rule has at most {ConditionJson.ClausesMax} clauses.");
            return null;
        }
        var trait = member.Name.StartsWith(ConditionJson.TraitPrefix, StringComparison.Ordinal)
            ? member.Name[ConditionJson.TraitPrefix.Length..] : null;
        Metric metric = default;
        if (trait is null ? !Metrics.TryParse(member.Name, out metric) : trait.Length == 0)
        {
            Fail(path, "unknown_metric", $"'{Nearest.Cut(member.Name)}' is no metric.{Nearest.Question(member.Name, Metrics.AllNames)}");
            return null;
        }
        if (!ReadOperator(member.Value, path, out var op, out var value)) return null;
        if (ReadThreshold(value, op, path, trait is null ? Metrics.KindOf(metric) : null) is not { } threshold) return null;
        var clause = new Condition.Clause(metric, trait, op, threshold);
        Places.Add(clause, path);
        return clause;
    }

    bool ReadOperator(JsonElement json, string path, out Operator op, out JsonElement value)
    {
        (op, value) = (Operator.Equal, json);
        if (json.ValueKind != JsonValueKind.Object) return true;
        foreach (var member in json.EnumerateObject())
            if (member.Name is not ("operator" or "value"))
                Fail($"{path}.{Nearest.Cut(member.Name)}", "unknown_member", "A clause has an operator and a value.");
        if (!json.TryGetProperty("operator", out var name) || !json.TryGetProperty("value", out value))
        {
            Fail(path, "incomplete", "A clause needs an operator and a value.");
            return false;
        }
        if (name.ValueKind == JsonValueKind.String && Operators.TryParse(name.GetString(), out op)) return true;
        Fail($"{path}.operator", "unknown_operator", $"An operator is one of {string.Join(", ", Operators.All)}.");
        return false;
    }

    Threshold? ReadThreshold(JsonElement json, Operator op, string path, MetricKind? kind)
    {
        var isList = op is Operator.In or Operator.NotIn or Operator.Between;
        if (isList != (json.ValueKind == JsonValueKind.Array))
            return Bad(path, "wrong_type", isList ? "This operator compares with a list." : "This operator compares with a single value.");
        var numbers = ImmutableArray.CreateBuilder<decimal>();
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in isList ? [.. json.EnumerateArray()] : new[] { json })
            if (item.ValueKind == JsonValueKind.Number && item.TryGetDecimal(out var number)) numbers.Add(number);
            else if (item.ValueKind == JsonValueKind.String) texts.Add(item.GetString()!);
            else if (item.ValueKind is JsonValueKind.True or JsonValueKind.False) texts.Add(item.GetBoolean() ? "true" : "false");
            else return Bad(path, "wrong_type", "A value is a number, a text, true or false.");
        if (numbers.Count + texts.Count == 0) return Bad(path, "empty", "The list is empty.");
        if (numbers.Any(number => Math.Abs(number) > ConditionJson.NumberMax))
            return Bad(path, "number_too_large", $"Numbers lie between -{ConditionJson.NumberMax} and {ConditionJson.NumberMax}.");
        if (Mismatch(op, kind, numbers, texts.Count) is { } mismatch) return Bad(path, "wrong_type", mismatch);
        return op == Operator.Between && numbers[0] > numbers[1]
            ? Bad(path, "impossible_range", $"No value lies between {numbers[0]} and {numbers[1]}: a range is [lowest, highest].")
            : new Threshold(numbers.DrainToImmutable(), texts.DrainToImmutable());
    }

    static string? Mismatch(Operator op, MetricKind? kind, ImmutableArray<decimal>.Builder numbers, int texts) => (op, kind) switch
    {
        (Operator.Contains, not (null or MetricKind.List or MetricKind.Text)) => "Only lists and texts contain something.",
        (Operator.Contains, not null) when numbers.Count > 0 => "This metric contains texts.",
        (not Operator.Contains, MetricKind.List) => "A list can only be asked what it contains.",
        (<= Operator.LessThan or Operator.Between, _) when texts > 0 => "This operator compares with numbers.",
        (<= Operator.LessThan or Operator.Between, MetricKind.Text) => "This metric is a text.",
        (Operator.Between, _) when numbers.Count != 2 => "A range is two numbers, [lowest, highest].",
        (_, MetricKind.Text) when numbers.Count > 0 => "This metric is a text.",
        (_, not (null or MetricKind.Text or MetricKind.List)) when texts > 0 => "This metric is a number.",
        _ => null,
    };

    Threshold? Bad(string path, string code, string message)
    {
        Fail(path, code, message);
        return null;
    }

    Condition? Fail(string path, string code, string message)
    {
        Errors.Add(new InputError(path, code, message));
        return null;
    }
}
