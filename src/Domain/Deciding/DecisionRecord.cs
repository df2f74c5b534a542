using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <summary>
/// The stored record of a decision: the rules looked at with their conditions, what was observed, what governed it, and what
/// came of it. It says all that is needed to make the decision again without anything else.
/// </summary>
public static partial class DecisionRecord
{
    internal static string Write(Situation situation, Rulebook book, Measures measures, Ruling ruling) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        json.WriteString("customerId", situation.CustomerId);
        json.WriteString("at", situation.Now);
        json.WriteString("tag", situation.Tag.Code());
        json.WriteBoolean("settlesImport", situation.Settling);
        json.WriteNumber("ruleSetVersion", book.Rules.Version);
        WriteCalibration(json, situation);
        WriteData(json, measures);
        WriteSeen(json, measures);
        WritePolicy(json, situation.Policy);
        WriteGovernance(json, situation.Governance);
        json.WriteStartArray("rules");
        foreach (var rule in situation.Rules) WriteRule(json, rule, measures, ruling);
        json.WriteEndArray();
        WriteOutcome(json, DecisionOutcome.Of(ruling), ruling);
        json.WriteEndObject();
    });

    static void WriteCalibration(Utf8JsonWriter json, in Situation situation)
    {
        if (situation.Calibration is not { } calibration)
        {
            json.WriteNull("calibration");
            return;
        }
        json.WriteStartObject("calibration");
        json.WriteNumber("number", calibration.Number);
        json.WriteStartArray("curves");
        foreach (var curve in calibration.Curves)
        {
            if (!situation.Rules.Any(rule => rule.Id == curve.RuleId)) continue;
            json.WriteStartObject();
            json.WriteNumber("ruleId", curve.RuleId);
            json.WriteStartArray("steps");
            foreach (var (from, value) in curve.Steps)
            {
                json.WriteStartArray();
                json.WriteNumberValue(from);
                json.WriteNumberValue(value);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>For people: which data the decision was made on.</summary>
    static void WriteData(Utf8JsonWriter json, Measures measures)
    {
        var state = measures.State;
        json.WriteStartObject("data");
        json.WriteNumber("version", state.Version);
        json.WriteString("tagSince", state.TagSince);
        json.WriteNumber("activities", state.Lifetime.Activities);
        WriteInstant(json, "lastLoginAt", state.Lifetime.LastLoginAt);
        WriteInstant(json, "lastActivityAt", state.Lifetime.LastActivityAt);
        json.WriteEndObject();
    }

    /// <summary>What decides beside the clauses.</summary>
    static void WriteSeen(Utf8JsonWriter json, Measures measures)
    {
        json.WriteStartObject("seen");
        json.WriteNumber("daysObserved", measures.DaysObserved);
        WriteNumber(json, "usualGapDays", measures.UsualGapDays);
        WriteNumber(json, "daysSinceLogin", measures.TryNumber(Metric.DaysSinceLogin, out var silent) ? silent : null);
        json.WriteNumber("conflictingSignals", measures.ConflictingSignals);
        json.WriteString("tier", Tiers.Name(measures.State.Profile.Tier));
        WriteNumber(json, "ltvValue", measures.State.Profile.LtvValue);
        json.WriteEndObject();
    }

    static void WritePolicy(Utf8JsonWriter json, Policy policy)
    {
        json.WriteStartObject("policy");
        json.WriteBoolean("autoApply", policy.AutoApply);
        json.WriteNumber("rolloutPercentage", policy.RolloutPercentage);
        json.WriteEndObject();
    }

    static void WriteGovernance(Utf8JsonWriter json, Governance governance)
    {
        json.WriteStartObject("governance");
        WriteInstant(json, "dwellFrom", governance.DwellFrom);
        WriteInstant(json, "manualUntil", governance.ManualUntil);
        WriteInstant(json, "lockedUntil", governance.LockedUntil);
        json.WriteStartArray("silences");
        foreach (var silence in governance.Silences)
        {
            json.WriteStartObject();
            json.WriteString("from", silence.From.Code());
            json.WriteString("to", silence.To.Code());
            json.WriteString("until", silence.Until);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("moves");
        foreach (var move in governance.Moves)
        {
            json.WriteStartObject();
            json.WriteNumber("number", move.Number);
            json.WriteString("from", move.From?.Code());
            json.WriteString("to", move.To.Code());
            json.WriteString("dueAt", move.DueAt);
            json.WriteNumber("kind", (int)move.Kind);
            json.WriteBoolean("undone", move.Undone);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteReview(json, governance.Review);
        json.WriteEndObject();
    }

    static void WriteReview(Utf8JsonWriter json, OpenReview? review)
    {
        if (review is null)
        {
            json.WriteNull("review");
            return;
        }
        json.WriteStartObject("review");
        json.WriteString("id", review.Id);
        json.WriteString("from", review.From.Code());
        json.WriteString("to", review.To.Code());
        json.WriteNumber("ruleId", review.RuleId);
        json.WriteString("rule", review.Rule);
        json.WriteNumber("confidence", review.Confidence);
        WriteTexts(json, "reasons", review.Reasons);
        json.WriteString("openedAt", review.OpenedAt);
        json.WriteNumber("decisionNumber", review.DecisionNumber);
        json.WriteEndObject();
    }

    static void WriteOutcome(Utf8JsonWriter json, DecisionOutcome outcome, in Ruling ruling)
    {
        json.WriteStartObject("outcome");
        json.WriteString("action", outcome.Action);
        json.WriteNumber("ruleId", outcome.RuleId);
        json.WriteString("rule", ruling.Winner!.Rule.Name);
        json.WriteString("to", outcome.To.Code());
        json.WriteNumber("confidence", outcome.Confidence);
        WriteNumber(json, "calibratedConfidence", outcome.Calibrated);
        WriteTexts(json, "reasons", outcome.Reasons);
        json.WriteString("closes", outcome.Closes);
        json.WriteEndObject();
    }

    static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    static void WriteInstant(Utf8JsonWriter json, string name, DateTimeOffset? instant)
    {
        if (instant is { } known) json.WriteString(name, known);
        else json.WriteNull(name);
    }

    static void WriteNumber(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }
}
