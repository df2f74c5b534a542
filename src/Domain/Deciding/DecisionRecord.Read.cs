using System.Text.Json;
using LStep.Domain.Measuring;

namespace LStep.Domain.Deciding;

/// <param name="Stored">What the record says came of it.</param>
/// <param name="Again">What comes of it from the record alone.</param>
public sealed record Redecided(DecisionOutcome Stored, DecisionOutcome Again)
{
    public bool Same => Stored.Equals(Again);
}

public static partial class DecisionRecord
{
    /// <summary>Makes the decision again from its record alone.</summary>
    /// <exception cref="FormatException">This is no decision record.</exception>
    public static Redecided Redecide(string record)
    {
        var json = Read(record);
        return new Redecided(ReadOutcome(json.Outcome), DecisionOutcome.Of(Evaluation.Rule(ReadSituation(json), new Recorded(json))));
    }

    /// <summary>A review as its decision left it.</summary>
    /// <param name="record">Of a decision that opened the review or changed it.</param>
    /// <exception cref="FormatException">This is no decision record.</exception>
    public static OpenReview ReviewOf(string record, OpenReview review)
    {
        var outcome = Read(record).Outcome;
        return review with
        {
            RuleId = outcome.RuleId, Rule = outcome.Rule ?? review.Rule, To = outcome.To,
            Confidence = outcome.CalibratedConfidence ?? outcome.Confidence, Reasons = outcome.Reasons,
        };
    }

    internal static RecordJson Read(string record)
    {
        try
        {
            return JsonSerializer.Deserialize(record, DecisionJson.Stored.RecordJson)
                ?? throw new FormatException("This is no decision record.");
        }
        catch (JsonException unreadable)
        {
            throw new FormatException("This is no decision record.", unreadable);
        }
    }

    internal static Situation ReadSituation(RecordJson json) => new(
        json.CustomerId,
        json.Tag,
        new Governance
        {
            DwellFrom = json.Governance.DwellFrom,
            ManualUntil = json.Governance.ManualUntil,
            LockedUntil = json.Governance.LockedUntil,
            Silences = json.Governance.Silences,
            Moves = json.Governance.Moves,
            Review = json.Governance.Review,
        },
        [.. json.Rules.Select(ReadRule)],
        new Policy { AutoApply = json.Policy.AutoApply, RolloutPercentage = json.Policy.RolloutPercentage },
        json.Calibration is not { } calibration ? null : new Calibration(calibration.Number, [.. calibration.Curves.Select(ReadCurve)]),
        json.At,
        json.SettlesImport,
        RapidHoldsEveryMove: json.Format < FallsAndRecoveriesFormat);

    static CalibrationCurve ReadCurve(CurveJson curve) => curve.Steps.IsEmpty ? throw new FormatException("A curve has a step.")
        : new(curve.RuleId, [.. curve.Steps.Select(
            step => step is [var from, var value] ? (from, value) : throw new FormatException("A step is two numbers."))]);

    static Rule ReadRule(RuleRecordJson rule) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        From = [],
        To = rule.To,
        Priority = rule.Priority,
        Automatic = rule.Automatic,
        RequiresApproval = rule.RequiresApproval,
        UsualRhythm = rule.UsualRhythm,
        Conditions = rule.Conditions,
    };

    static DecisionOutcome ReadOutcome(OutcomeJson outcome) => new(
        outcome.Action, outcome.RuleId, outcome.To, outcome.Confidence, outcome.CalibratedConfidence, outcome.Reasons, outcome.Closes);

    /// <summary>The customer as the record saw it.</summary>
    readonly struct Recorded : IObserved
    {
        readonly Dictionary<string, MetricValue> observed = new(StringComparer.Ordinal);
        readonly SeenJson seen;

        public Recorded(RecordJson json)
        {
            seen = json.Seen;
            foreach (var rule in json.Rules)
                foreach (var clause in rule.Clauses) observed[clause.Metric] = clause.Observed;
            observed.TryAdd("days_since_login", new MetricValue(Number: seen.DaysSinceLogin));
        }

        public int DaysObserved => seen.DaysObserved;

        public int? UsualGapDays => seen.UsualGapDays;

        public int ConflictingSignals => seen.ConflictingSignals;

        public Tier? Tier => Tiers.Parse(seen.Tier);

        public decimal? LtvValue => seen.LtvValue;

        public bool TryNumber(Metric metric, out decimal value)
        {
            var number = Value(metric).Number;
            value = number.GetValueOrDefault();
            return number.HasValue;
        }

        public string? Text(Metric metric) => Value(metric).Text;

        public bool Lists(Metric metric, string item) => Value(metric).List is { } list && list.Contains(item);

        public MetricValue Trait(string name) => observed.GetValueOrDefault(ConditionJson.TraitPrefix + name);

        public MetricValue Value(Metric metric) => observed.GetValueOrDefault(Metrics.Name(metric));
    }
}
