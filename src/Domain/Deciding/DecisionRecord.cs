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
    /// <summary>Since this format rapid_changes holds falls and recoveries only; earlier records are decided again as they were.</summary>
    const int FallsAndRecoveriesFormat = 2;

    internal static string Write(Situation situation, Rulebook book, Measures measures, Ruling ruling) => JsonSerializer.Serialize(
        new RecordJson
        {
            Format = FallsAndRecoveriesFormat,
            CustomerId = situation.CustomerId,
            At = situation.Now,
            Tag = situation.Tag,
            SettlesImport = situation.Settling,
            RuleSetVersion = book.Rules.Version,
            Calibration = CalibrationOf(situation),
            Data = new DataJson(
                measures.State.Version, measures.State.TagSince, measures.State.Lifetime.Activities, measures.State.Lifetime.LastLoginAt,
                measures.State.Lifetime.LastActivityAt),
            Seen = new SeenJson(
                measures.DaysObserved, measures.UsualGapDays, measures.TryNumber(Metric.DaysSinceLogin, out var silent) ? silent : null,
                measures.ConflictingSignals, Tiers.Name(measures.State.Profile.Tier), measures.State.Profile.LtvValue),
            Policy = new PolicyJson(situation.Policy.AutoApply, situation.Policy.RolloutPercentage),
            Governance = GovernanceOf(situation.Governance),
            Rules = [.. situation.Rules.Select(rule => RuleOf(rule, measures, ruling))],
            Outcome = OutcomeOf(DecisionOutcome.Of(ruling), ruling),
        },
        DecisionJson.Stored.RecordJson);

    static CalibrationJson? CalibrationOf(Situation situation) => situation.Calibration is not { } calibration ? null : new CalibrationJson(
        calibration.Number,
        [.. calibration.Curves.Where(curve => situation.Rules.Any(rule => rule.Id == curve.RuleId))
            .Select(curve => new CurveJson(curve.RuleId, [.. curve.Steps.Select(step => ImmutableArray.Create(step.From, step.Value))]))]);

    static GovernanceJson GovernanceOf(Governance governance) => new(
        governance.DwellFrom, governance.ManualUntil, governance.LockedUntil, governance.Silences, governance.Moves, governance.Review);

    static RuleRecordJson RuleOf(Rule rule, Measures measures, in Ruling ruling)
    {
        var finding = ruling.Met?.Find(found => found.Rule.Id == rule.Id);
        return new RuleRecordJson
        {
            Id = rule.Id,
            Name = rule.Name,
            To = rule.To,
            Priority = rule.Priority,
            Automatic = rule.Automatic,
            RequiresApproval = rule.RequiresApproval,
            UsualRhythm = rule.UsualRhythm,
            Conditions = rule.Conditions,
            Met = finding is not null && finding.Held != Holds.UsualRhythm,
            Confidence = finding?.Confidence,
            CalibratedConfidence = finding?.Calibrated,
            Held = finding?.Held,
            LostBecause = finding is null ? null : Explanation.LostBecause(finding, ruling.Winner),
            Clauses = [.. Clauses.Of(rule, new Measured(measures)).Select(ClauseOf)],
        };
    }

    static ClauseJson ClauseOf(ClauseView clause) => new()
    {
        Metric = clause.Metric,
        Operator = clause.Operator,
        Threshold = clause.Threshold,
        Observed = clause.Observed,
        Met = clause.Met,
        Margin = clause.Margin,
        Evidence = clause.Evidence,
    };

    static OutcomeJson OutcomeOf(DecisionOutcome outcome, in Ruling ruling) => new(
        outcome.Action, outcome.RuleId, ruling.Winner!.Rule.Name, outcome.To, outcome.Confidence, outcome.Calibrated, outcome.Reasons,
        outcome.Closes, ruling.Hold);
}
