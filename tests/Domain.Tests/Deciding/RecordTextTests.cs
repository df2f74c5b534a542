using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;

namespace LStep.Domain.Tests.Deciding;

public class RecordTextTests
{
    /// <summary>What may stand where something else belongs; nothing at all among it.</summary>
    private static readonly Func<JsonNode?>?[] Wrong =
        [null, () => null, () => "x", () => -1, () => new JsonArray(), () => new JsonObject(), () => true];

    static string Written() => DecisionRecord.Write(Case(out var book, out var measures, out var ruling), book, measures, ruling);

    /// <summary>Everything a record can hold: a calibration, silences, moves, an open review, rules with every kind of clause.</summary>
    static Situation Case(out Rulebook book, out Measures measures, out Ruling ruling)
    {
        const string Rules = """
            [{"id":3,"name":"Slipping <&> é","from":["ST_001"],"to":"ST_004","priority":20,"automatic":false,"requiresApproval":true,"usualRhythm":false,
              "conditions":{"all":[{"sessions_30d":{"operator":"<=","value":2.50}},{"any":[{"days_since_login":{"operator":"between","value":[0,9]}},{"not":{"customer_tier":"Pro"}}]},
                {"not":{"risk_indicators":{"operator":"contains","value":"billing_risk"}}}]}},
             {"id":4,"name":"By trait","from":["ST_001"],"to":"ST_002","priority":30,"conditions":{"not":{"traits.plan name":"gold"}}}]
            """;
        var rules = Assert.IsType<Parsed<ImmutableArray<Rule>>.Ok>(RuleJson.Parse(Rules)).Value;
        var at = Given.At("2026-01-20T10:00:00.125Z");
        book = new Rulebook(
            new RuleSet(7, "ann", at, rules), new Policy { AutoApply = false, RolloutPercentage = 99 }, BusinessCalendar.Utc,
            new Calibration(2, [new CalibrationCurve(3, [(0m, 0.61m), (0.70m, 0.910m)]), new CalibrationCurve(9, [(0m, 1m)])]));
        var state = Given.Customer().With("2026-01-20T00:00Z", Given.An(ActivityType.Login, "2026-01-15T08:30Z"));
        state = state with
        {
            Version = 12,
            Profile = state.Profile with { Tier = Tier.Enterprise, LtvValue = 9000.50m },
            Governance = new Governance
            {
                Transitions = 7, Decisions = 5, Reviews = 2,
                Moves = [new RecentMove(6, null, StatusTag.Active, at.AddDays(-18), TransitionKind.First, false), new RecentMove(
                    7, StatusTag.Declining, StatusTag.Active, at.AddDays(-3), TransitionKind.Approved, true)],
                DwellFrom = at.AddDays(-3), ManualUntil = at.AddDays(-1), LockedUntil = at.AddDays(-2),
                Silences = [new Silence(StatusTag.Active, StatusTag.Churned, at.AddDays(4))],
                Review = new OpenReview
                {
                    Id = new Guid("00112233-4455-6677-8899-aabbccddeeff"), From = StatusTag.Active, To = StatusTag.Declining, RuleId = 6,
                    Rule = "Silent", Confidence = 0.8710m, Reasons = ["high_value_at_risk", "approval_required"], OpenedAt = at.AddDays(-1),
                    DecisionNumber = 5,
                },
            },
        };
        measures = Measures.Of(state, book.Calendar, at);
        var situation = Situation.Of(state, book, at);
        ruling = Evaluation.Rule(situation, new Measured(measures));
        return situation;
    }

    /// <summary>As it is stored; format 1 of the first version of the product differs in what rapid_changes held.</summary>
    const string Stored = """
        {"format":2,"customerId":"c-1","at":"2026-01-20T10:00:00.125+00:00","tag":"ST_001","settlesImport":false,"ruleSetVersion":7,
        "calibration":{"number":2,"curves":[{"ruleId":3,"steps":[[0,0.61],[0.70,0.910]]}]},
        "data":{"version":12,"tagSince":"2026-01-01T00:00:00+00:00","activities":1,"lastLoginAt":"2026-01-15T08:30:00+00:00","lastActivityAt":"2026-01-15T08:30:00+00:00"},
        "seen":{"daysObserved":6,"usualGapDays":null,"daysSinceLogin":5,"conflictingSignals":3,"tier":"Enterprise","ltvValue":9000.50},
        "policy":{"autoApply":false,"rolloutPercentage":99},
        "governance":{"dwellFrom":"2026-01-17T10:00:00.125+00:00","manualUntil":"2026-01-19T10:00:00.125+00:00","lockedUntil":"2026-01-18T10:00:00.125+00:00","silences":[{"from":"ST_001","to":"ST_006","until":"2026-01-24T10:00:00.125+00:00"}],
        "moves":[{"number":6,"from":null,"to":"ST_001","dueAt":"2026-01-02T10:00:00.125+00:00","kind":0,"undone":false},{"number":7,"from":"ST_004","to":"ST_001","dueAt":"2026-01-17T10:00:00.125+00:00","kind":4,"undone":true}],
        "review":{"id":"00112233-4455-6677-8899-aabbccddeeff","from":"ST_001","to":"ST_004","ruleId":6,"rule":"Silent","confidence":0.8710,"reasons":["high_value_at_risk","approval_required"],"openedAt":"2026-01-19T10:00:00.125+00:00","decisionNumber":5}},
        "rules":[{"id":3,"name":"Slipping <&> é","to":"ST_004","priority":20,"automatic":false,"requiresApproval":true,"usualRhythm":false,
        "conditions":{"sessions_30d":{"operator":"<=","value":2.50},"any":[{"days_since_login":{"operator":"between","value":[0,9]}},{"not":{"customer_tier":{"operator":"==","value":"Pro"}}}],"not":{"risk_indicators":{"operator":"contains","value":"billing_risk"}}},
        "met":true,"confidence":0.993,"calibratedConfidence":0.910,"held":null,"lostBecause":null,
        "clauses":[{"metric":"sessions_30d","operator":"<=","threshold":2.50,"observed":1,
        "met":true,"margin":1,"evidence":0.857143},{"metric":"days_since_login","operator":"between","threshold":[0,9],"observed":5,
        "met":true,"margin":1,"evidence":1},{"metric":"customer_tier","operator":"!=","threshold":"Pro","observed":"Enterprise",
        "met":true,"margin":1,"evidence":1},{"metric":"risk_indicators","operator":"not contains","threshold":"billing_risk","observed":["low_engagement","learning_stagnation","activity_decline","login_gap","never_started"],
        "met":true,"margin":1,"evidence":1}]},{"id":4,"name":"By trait","to":"ST_002","priority":30,"automatic":true,"requiresApproval":false,"usualRhythm":false,
        "conditions":{"not":{"traits.plan name":{"operator":"==","value":"gold"}}},
        "met":false,"confidence":null,"calibratedConfidence":null,"held":null,"lostBecause":null,
        "clauses":[{"metric":"traits.plan name","operator":"!=","threshold":"gold","observed":null,
        "met":false,"margin":0,"evidence":1}]}],
        "outcome":{"action":"review_kept","ruleId":3,"rule":"Slipping <&> é","to":"ST_004","confidence":0.993,"calibratedConfidence":0.910,"reasons":["high_value_at_risk","approval_required","auto_apply_off"],"closes":null}}
        """;

    static string OneLine(string text) => string.Concat(text.Split('\n'));

    [Fact]
    public void A_record_is_written_as_it_always_was() => Assert.Equal(OneLine(Stored), Written());

    [Fact]
    public void A_stored_record_comes_to_the_same_decision_again()
    {
        var again = DecisionRecord.Redecide(Stored);
        Assert.Equal(again.Stored, again.Again);
        Assert.Equal(("review_kept", 3, StatusTag.Declining, 0.910m), (
            again.Again.Action, again.Again.RuleId, again.Again.To, again.Again.Calibrated));
    }

    [Fact]
    public void A_record_from_when_rapid_changes_held_every_move_comes_to_what_it_came_to_then()
    {
        RecentMove Fall(int daysAgo) => new(
            2, StatusTag.Active, StatusTag.Declining, Figures.Now.AddDays(-daysAgo), TransitionKind.Automatic, false);
        var state = Figures.Customer(ltv: 10).With(g => g with { Moves = [Fall(3), Fall(1)] });
        var book = Figures.Book(Figures.Rule(1, StatusTag.Progressing, """{"ltv_value":{"operator":">=","value":0}}"""));
        var measures = Measures.Of(state, book.Calendar, Figures.Now);
        var situation = Situation.Of(state, book, Figures.Now);
        var record = DecisionRecord.Write(situation, book, measures, Evaluation.Rule(situation, new Measured(measures)));

        Assert.Equal("moved", DecisionRecord.Redecide(record).Again.Action);
        var before = DecisionRecord.Redecide(record.Replace("\"format\":2", "\"format\":1", StringComparison.Ordinal)).Again;
        Assert.Equal(("review_opened", "rapid_changes"), (before.Action, Assert.Single(before.Reasons)));
    }

    [Fact]
    public void Everything_that_decides_comes_back_from_the_record()
    {
        var (situation, read) = (Case(out _, out _, out _), DecisionRecord.ReadSituation(DecisionRecord.Read(Written())));
        Assert.Equal(
            // counters decide nothing
            Told(situation.Governance with { Transitions = 0, Decisions = 0, Reviews = 0 }), Told(read.Governance));
        Assert.Equal(situation.Rules.Select(rule => Told(rule with { From = [] })), read.Rules.Select(Told)); // the tag has chosen them
        Assert.Equal(situation.Rules.Select(rule => ConditionJson.Print(rule.Conditions)), read.Rules.Select(
            rule => ConditionJson.Print(rule.Conditions)));
        Assert.Equal(situation.Policy, read.Policy);
        Assert.Equal(
            (situation.CustomerId, situation.Tag, situation.Now, situation.Settling), (read.CustomerId, read.Tag, read.Now, read.Settling));
        Assert.Equal(situation.Calibration!.Curves[0].Steps.AsEnumerable(), Assert.Single(read.Calibration!.Curves).Steps.AsEnumerable());
        // A new property must be set in the case above, so that the record cannot forget it.
        Assert.All(typeof(Governance).GetProperties().Where(
            // what was withheld last is remembered so that it is recorded once, and decides nothing
            property => property.SetMethod is not null && property.Name != nameof(Governance.Withheld)), property =>
            Assert.NotEqual(Told(property.GetValue(Governance.Empty)!), Told(property.GetValue(situation.Governance))));
    }

    [Fact]
    public void Whatever_is_missing_or_of_the_wrong_kind_is_no_record()
    {
        foreach (var path in Paths(JsonNode.Parse(Stored)!))
            foreach (var wrong in Wrong)
            {
                var record = JsonNode.Parse(Stored)!;
                var (parent, name) = (
                    path.Parents.Aggregate(record, (node, step) => step is int at ? node[at]! : node[(string)step]!), path.Name);
                if (wrong is null) parent.AsObject().Remove(name);
                else parent[name] = wrong();
                if (Record.Exception(() => DecisionRecord.Redecide(record.ToJsonString())) is { } failure)
                    Assert.IsType<FormatException>(failure);
            }
        Assert.Throws<FormatException>(() => DecisionRecord.Redecide("null"));
        Assert.Throws<FormatException>(() => DecisionRecord.Redecide("{"));
    }

    static IEnumerable<(object[] Parents, string Name)> Paths(JsonNode? node, params object[] parents) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value, [.. parents, member.Key]).Prepend((parents, member.Key))),
        JsonArray items => items.SelectMany((item, at) => Paths(item, [.. parents, at])),
        _ => [],
    };

    static string Told(object? value) => JsonSerializer.Serialize(value);
}
