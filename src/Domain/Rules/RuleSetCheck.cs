using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Rules;

/// <summary>What a list of rules came to: rules that may be published when there are no errors, and what people should look at.</summary>
/// <param name="Rules">Those that could be read; all of them where there are no errors.</param>
public sealed record CheckedRules(ImmutableArray<Rule> Rules, ImmutableArray<InputError> Errors, ImmutableArray<InputError> Warnings)
{
    public bool IsSound => Errors.IsEmpty;
}

/// <summary>
/// Whether a list of rules can be published. An error is a rule that cannot be read, or of which it is proved that it does nothing or does
/// not come to rest; where nothing can be proved nothing is claimed.
/// </summary>
public static class RuleSetCheck
{
    /// <param name="rules">In the shape of <see cref="RuleJson"/>.</param>
    /// <param name="path">What the places of errors begin with.</param>
    /// <param name="idsUsed">The highest id that any rule ever had.</param>
    public static CheckedRules Check(JsonElement rules, string path = "rules", int idsUsed = 0)
    {
        var reader = new RuleReader();
        var read = RuleJson.Read(rules, path, idsUsed, reader);
        var findings = new Findings(reader.Errors);
        var effort = new Effort(Effort.StepsMax);
        var looked = ImmutableArray.CreateBuilder<LookedAt>(read.Length);
        foreach (var (index, rule) in read)
        {
            var place = $"{path}[{index}]";
            ClauseCheck.Run(rule.Conditions, reader.Places, findings);
            var alternatives = Alternatives.Of(rule.Conditions, effort);
            looked.Add(new LookedAt(rule, place, alternatives.Regions));
            Contradictions(alternatives, place, reader.Places, findings);
        }
        var all = looked.DrainToImmutable();
        if (findings.Errors.Count == 0)
        {
            if (all.All(each => !each.Rule.Active))
                findings.Warn(path, "nothing_active", "No rule is active: nobody moves.");
            ShadowCheck.Run(all, effort, findings);
            CycleCheck.Run(all, effort, findings);
        }
        if (effort.IsSpent)
            findings.Warn(
                path, "too_complex", "The conditions have too many alternatives to look at all of them: some faults may not be found.");
        return new CheckedRules([.. all.Select(each => each.Rule)], [.. findings.Errors], [.. findings.Warnings]);
    }

    static void Contradictions(
        Alternatives alternatives, string place, Dictionary<Condition.Clause, string> places, Findings findings)
    {
        foreach (var conflict in alternatives.Conflicts)
        {
            var last = conflict[^1];
            // A clause that is impossible by itself is told already.
            if (conflict.Length == 1) continue;
            var others = string.Join("' and '", conflict[..^1].Select(literal => literal.Words));
            var message = $"'{last.Words}' and '{others}' rule each other out";
            if (alternatives.Regions is [])
                findings.Fail(places.GetValueOrDefault(last.Clause, place), "contradiction", $"{message}: nobody can meet both.");
            else
                findings.Warn(
                    places.GetValueOrDefault(last.Clause, place), "contradiction",
                    $"{message}: this alternative of the conditions is never met.");
        }
    }
}

/// <param name="Place">Of the rule in the list.</param>
/// <param name="Regions">The alternatives of its conditions; null when there are too many.</param>
readonly record struct LookedAt(Rule Rule, string Place, ImmutableArray<Region>? Regions);

/// <summary>Errors and warnings as they are found, each once and of each kind a bounded number.</summary>
sealed class Findings(List<InputError> errors)
{
    public List<InputError> Errors => errors;

    public List<InputError> Warnings { get; } = [];

    public void Fail(string path, string code, string message) => Add(Errors, new InputError(path, code, message));

    public void Warn(string path, string code, string message) => Add(Warnings, new InputError(path, code, message));

    static void Add(List<InputError> list, InputError finding)
    {
        if (list.Count < RuleJson.ErrorsMax && !list.Contains(finding)) list.Add(finding);
    }
}
