using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Rules;

/// <summary>
/// Plays a case through the real domain: its activities are recorded as live ones are, and the rules are asked as of its instant.
/// </summary>
public static class RuleCaseRun
{
    const string Nobody = "case";

    public static CaseOutcome Run(RuleCase one, ImmutableArray<Rule> rules)
    {
        var at = one.Given.At;
        var book = new Rulebook(new RuleSet(1, Nobody, at, rules), new Policy(), BusinessCalendar.Utc);
        var state = StateOf(one.Given, book);
        var measures = Measures.Of(state, book.Calendar, at);
        var view = Explanation.Of(state, book, at, new Supposed(new Measured(measures), one.Given.Metrics));
        return new CaseOutcome(one, view, [.. one.Expect.Members.SelectMany(member => Differences(member.Key, member.Value, view))]);
    }

    /// <summary>As the activities and what else is given of the customer make it.</summary>
    internal static CustomerState StateOf(GivenCustomer given, Rulebook book)
    {
        var (at, since) = (given.At, given.At - Days(given.EnrolledDaysAgo));
        var identify = new Activity
        {
            MessageId = "profile", Type = ActivityType.Identify, OccurredAt = since, ReceivedAt = since, Properties = given.Profile,
        };
        // Nothing moves while the life is told: only the last instant is asked about.
        var quiet = book with { Policy = new Policy { Enabled = false } };
        var state = Lifecycle.Record(Nobody, null, [identify, .. given.Activities], quiet, at).After;
        return state with
        {
            Tag = given.Tag,
            PreviousTag = given.PreviousTag,
            TagSince = given.DaysInStatus is { } days ? at - Days(days) : since,
            Governance = Governance.Empty with
            {
                DwellFrom = given.MovedHoursAgo is { } hours ? at - Days(hours / 24) : null,
                ManualUntil = given.SetByPerson ? at.AddDays(1) : null,
                LockedUntil = given.Locked ? at.AddDays(1) : null,
                Silences = [.. given.Refused.Select(to => new Silence(given.Tag, to, at.AddDays(1)))],
            },
        };
    }

    internal static TimeSpan Days(decimal days) => TimeSpan.FromMilliseconds((double)decimal.Round(days * 86_400_000m));

    static IEnumerable<CaseDifference> Differences(string member, JsonElement expected, EvaluationView found) => member switch
    {
        "recommended" => Unlike(member, expected, found.Recommended?.Code()),
        "rule" => Unlike(member, expected, found.Rule),
        "confidence" => Unlike(member, expected, found.Confidence),
        "reviewReasons" => Unlike(member, expected, found.ReviewReasons),
        "held" => Unlike(member, expected, found.Held),
        "applied" => Unlike(member, expected, found.WouldApply),
        "missing" => expected.EnumerateObject().SelectMany(
            rule => Unlike($"missing of '{rule.Name}'", rule.Value, Missing(found, rule.Name))),
        _ => throw new ArgumentOutOfRangeException(nameof(member), member, "nothing that can be expected"),
    };

    /// <summary>The metrics of the unmet clauses; none when the rule is met, null when the tag has no such rule.</summary>
    static IEnumerable<string>? Missing(EvaluationView found, string rule) =>
        found.WouldChange.FirstOrDefault(change => change.Rule == rule)?.Missing.Select(clause => clause.Metric)
            ?? (found.Rules.Any(each => each.Name == rule) ? [] : null);

    static IEnumerable<CaseDifference> Unlike(string member, JsonElement expected, object? found)
    {
        var seen = JsonSerializer.SerializeToElement(found, Plain);
        return JsonElement.DeepEquals(Sorted(expected), Sorted(seen)) ? []
            : [new CaseDifference(member, JsonSerializer.Serialize(expected, Plain), JsonSerializer.Serialize(seen, Plain))];
    }

    /// <summary>The order of reasons and of what is missing says nothing.</summary>
    static JsonElement Sorted(JsonElement json) => json.ValueKind != JsonValueKind.Array ? json
        : JsonSerializer.SerializeToElement(
            json.EnumerateArray().Select(item => item.ToString()).Order(StringComparer.Ordinal), Plain);

    static readonly JsonSerializerOptions Plain = new() { Encoder = JsonText.Plain.Encoder };
}
