using System.Collections.Immutable;
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
        try
        {
            using var document = JsonDocument.Parse(record);
            var json = document.RootElement;
            return new Redecided(ReadOutcome(json.GetProperty("outcome")), DecisionOutcome.Of(Evaluation.Rule(ReadSituation(json), new Recorded(json))));
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("This is no decision record.", unreadable);
        }
    }

    static Situation ReadSituation(JsonElement json) => new(
        Text(json, "customerId")!,
        Tag(json, "tag"),
        ReadGovernance(json.GetProperty("governance")),
        [.. json.GetProperty("rules").EnumerateArray().Select(ReadRule)],
        new Policy
        {
            AutoApply = json.GetProperty("policy").GetProperty("autoApply").GetBoolean(),
            RolloutPercentage = json.GetProperty("policy").GetProperty("rolloutPercentage").GetInt32(),
        },
        ReadCalibration(json.GetProperty("calibration")),
        Instant(json, "at")!.Value,
        json.GetProperty("settlesImport").GetBoolean());

    static Calibration? ReadCalibration(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : new Calibration(
        json.GetProperty("number").GetInt32(),
        [.. json.GetProperty("curves").EnumerateArray().Select(curve => new CalibrationCurve(
            curve.GetProperty("ruleId").GetInt32(),
            [.. curve.GetProperty("steps").EnumerateArray().Select(step => (step[0].GetDecimal(), step[1].GetDecimal()))]))]);

    static Rule ReadRule(JsonElement json) => new()
    {
        Id = json.GetProperty("id").GetInt32(),
        Name = Text(json, "name")!,
        From = [],
        To = Tag(json, "to"),
        Priority = json.GetProperty("priority").GetInt32(),
        Automatic = json.GetProperty("automatic").GetBoolean(),
        RequiresApproval = json.GetProperty("requiresApproval").GetBoolean(),
        UsualRhythm = json.GetProperty("usualRhythm").GetBoolean(),
        Conditions = ConditionJson.Parse(json.GetProperty("conditions")) is Parsed<Condition>.Ok conditions
            ? conditions.Value : throw new FormatException("The record's conditions cannot be read."),
    };

    static Governance ReadGovernance(JsonElement json) => new()
    {
        DwellFrom = Instant(json, "dwellFrom"),
        ManualUntil = Instant(json, "manualUntil"),
        LockedUntil = Instant(json, "lockedUntil"),
        Silences = [.. json.GetProperty("silences").EnumerateArray().Select(silence =>
            new Silence(Tag(silence, "from"), Tag(silence, "to"), Instant(silence, "until")!.Value))],
        Moves = [.. json.GetProperty("moves").EnumerateArray().Select(move => new RecentMove(
            move.GetProperty("number").GetInt32(), Text(move, "from") is { } from ? StatusTags.Parse(from) : null, Tag(move, "to"),
            Instant(move, "dueAt")!.Value, (TransitionKind)move.GetProperty("kind").GetInt32(), move.GetProperty("undone").GetBoolean()))],
        Review = json.GetProperty("review") is { ValueKind: JsonValueKind.Object } review ? ReadReview(review) : null,
    };

    static OpenReview ReadReview(JsonElement json) => new()
    {
        Id = json.GetProperty("id").GetGuid(),
        From = Tag(json, "from"),
        To = Tag(json, "to"),
        RuleId = json.GetProperty("ruleId").GetInt32(),
        Rule = Text(json, "rule")!,
        Confidence = json.GetProperty("confidence").GetDecimal(),
        Reasons = Texts(json, "reasons"),
        OpenedAt = Instant(json, "openedAt")!.Value,
        DecisionNumber = json.GetProperty("decisionNumber").GetInt32(),
    };

    static DecisionOutcome ReadOutcome(JsonElement json) => new(
        Text(json, "action")!, json.GetProperty("ruleId").GetInt32(), Tag(json, "to"), json.GetProperty("confidence").GetDecimal(),
        Number(json, "calibratedConfidence"), Texts(json, "reasons"), Text(json, "closes"));

    static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    static StatusTag Tag(JsonElement json, string name) => StatusTags.Parse(Text(json, name)!);

    static ImmutableArray<string> Texts(JsonElement json, string name) =>
        [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    static DateTimeOffset? Instant(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } known ? known.GetDateTimeOffset() : null;

    static decimal? Number(JsonElement json, string name) =>
        json.GetProperty(name) is { ValueKind: not JsonValueKind.Null } known ? known.GetDecimal() : null;

    /// <summary>The customer as the record saw it.</summary>
    readonly struct Recorded : IObserved
    {
        readonly Dictionary<string, MetricValue> observed = new(StringComparer.Ordinal);

        public Recorded(JsonElement json)
        {
            foreach (var rule in json.GetProperty("rules").EnumerateArray())
                foreach (var clause in rule.GetProperty("clauses").EnumerateArray())
                    observed[Text(clause, "metric")!] = Value(clause.GetProperty("observed"));
            var seen = json.GetProperty("seen");
            observed.TryAdd("days_since_login", new MetricValue(Number: Number(seen, "daysSinceLogin")));
            DaysObserved = seen.GetProperty("daysObserved").GetInt32();
            UsualGapDays = (int?)Number(seen, "usualGapDays");
            ConflictingSignals = seen.GetProperty("conflictingSignals").GetInt32();
            Tier = Tiers.Parse(Text(seen, "tier"));
            LtvValue = Number(seen, "ltvValue");
        }

        public int DaysObserved { get; }

        public int? UsualGapDays { get; }

        public int ConflictingSignals { get; }

        public Tier? Tier { get; }

        public decimal? LtvValue { get; }

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

        static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

        static MetricValue Value(JsonElement json) => json.ValueKind switch
        {
            JsonValueKind.Number => new MetricValue(Number: json.GetDecimal()),
            JsonValueKind.String => new MetricValue(Text: json.GetString()),
            JsonValueKind.Array => new MetricValue(List: [.. json.EnumerateArray().Select(item => item.GetString()!)]),
            _ => default,
        };
    }
}
