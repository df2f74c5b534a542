using System.Collections.Immutable;
using LStep.Domain.Deciding;
using static LStep.Domain.Tests.Deciding.Figures;

namespace LStep.Domain.Tests.Deciding;

/// <summary>Why a person has to look, each reason at its edge.</summary>
public class ReviewReasonTests
{
    const string Always = """{"ltv_value":{"operator":">=","value":0}}""";

    // Margin 0 with full evidence: exactly 0.85.
    const string Barely = """{"ltv_value":{"operator":">=","value":10}}""";

    static readonly TimeSpan Ms = TimeSpan.FromMilliseconds(1);

    static string[] Reasons(CustomerState state, params Rule[] rules) => [.. Ruled(state, Book([.. rules])).Reasons];

    /// <summary>A customer with nothing to worry about: began, and was here today.</summary>
    static CustomerState Calm(int observed = 60, decimal? ltv = null, Tier? tier = null) =>
        Customer(observed, ltv, tier).Active(0).Lived(life => life with { Lessons = 1 });

    [Fact]
    public void Without_a_reason_it_is_applied() => Assert.Empty(Reasons(Calm(ltv: 10), Rule(1, StatusTag.Declining, Always)));

    [Theory]
    // priority of the rival, its target, how far apart in confidence → competing
    [InlineData(14, StatusTag.Declining, true, true)]
    [InlineData(15, StatusTag.Declining, true, false)]
    [InlineData(14, StatusTag.Progressing, true, false)]
    [InlineData(14, StatusTag.Declining, false, false)]
    public void Another_target_close_in_priority_and_confidence_competes(int priority, StatusTag to, bool close, bool competes)
    {
        var reasons = Reasons(Calm(ltv: 10), Rule(1, StatusTag.Progressing, Always), Rule(2, to, close ? Always : Barely, priority));
        Assert.Equal(competes ? ["competing_rules"] : [], reasons);
    }

    [Fact]
    public void A_silenced_rival_does_not_compete()
    {
        var state = Calm(ltv: 10).With(g => g with { Silences = [new Silence(StatusTag.Active, StatusTag.Declining, Now + Ms)] });
        Assert.Empty(Reasons(state, Rule(1, StatusTag.Progressing, Always), Rule(2, StatusTag.Declining, Always, 12)));
    }

    [Theory]
    [InlineData(Tier.Enterprise, 0, StatusTag.Declining, true)]
    [InlineData(Tier.Enterprise, 0, StatusTag.Churned, true)]
    [InlineData(Tier.Enterprise, 0, StatusTag.Progressing, false)]
    [InlineData(Tier.Pro, 5001, StatusTag.Declining, true)]
    [InlineData(Tier.Pro, 5000, StatusTag.Declining, false)]
    [InlineData(null, 5001, StatusTag.ReEngagement, false)]
    public void A_high_value_customer_at_risk_is_looked_at(Tier? tier, int ltv, StatusTag to, bool reviewed) =>
        Assert.Equal(reviewed ? ["high_value_at_risk"]
            : [], Reasons(Calm(ltv: ltv, tier: tier), Rule(1, to, """{"modules_completed":{"operator":"==","value":0}}""")));

    static RecentMove Move(
        StatusTag? from, StatusTag to, TimeSpan ago, TransitionKind kind = TransitionKind.Automatic, bool undone = false) =>
        new(2, from, to, Now - ago, kind, undone);

    public static TheoryData<string, bool> Histories => new()
    {
        { "fall and recovery", true }, { "recovery 7 days old", false }, { "recovery almost 7 days old", true },
        { "steps inside a category", false }, { "first assignment", false }, { "import", false }, { "undone", false }, { "undo", false },
        { "one fall", false }, { "override and approved", true }, { "expired reviews", true },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void Two_falls_or_recoveries_in_seven_days_are_rapid_changes(string history, bool rapid)
    {
        var fall = Move(StatusTag.Active, StatusTag.Declining, TimeSpan.FromDays(2));
        ImmutableArray<RecentMove> moves = history switch
        {
            "fall and recovery" => [Move(StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(4)), fall],
            "recovery 7 days old" => [Move(StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(7)), fall],
            "recovery almost 7 days old" => [Move(StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(7) - Ms), fall],
            "steps inside a category" => [Move(StatusTag.Active, StatusTag.Progressing, TimeSpan.FromDays(4)), Move(
                StatusTag.Declining, StatusTag.ReEngagement, TimeSpan.FromDays(3)), fall],
            "first assignment" => [Move(null, StatusTag.Active, TimeSpan.FromDays(4), TransitionKind.First), fall],
            "import" => [Move(StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(4), TransitionKind.Import), fall],
            "undone" => [Move(StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(4), undone: true), fall],
            "undo" => [Move(StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(4), TransitionKind.Undo), fall],
            "override and approved" =>
                [Move(StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(4), TransitionKind.Override), Move(
                    StatusTag.Active, StatusTag.Declining, TimeSpan.FromDays(2), TransitionKind.Approved)],
            "expired reviews" => [Move(StatusTag.Churned, StatusTag.Active, TimeSpan.FromDays(4), TransitionKind.ReviewExpired), fall],
            _ => [fall],
        };
        var reasons = Reasons(Calm(ltv: 10).With(g => g with { Moves = moves }), Rule(1, StatusTag.Declining, Always));
        Assert.Equal(rapid ? ["rapid_changes"] : [], reasons);
    }

    [Theory]
    [InlineData(StatusTag.Active, StatusTag.Declining, true)]
    [InlineData(StatusTag.Declining, StatusTag.Active, true)]
    [InlineData(StatusTag.Mastery, StatusTag.Declining, true)]
    [InlineData(StatusTag.ReEngagement, StatusTag.Churned, true)]
    [InlineData(StatusTag.Churned, StatusTag.Active, true)]
    [InlineData(StatusTag.Active, StatusTag.Progressing, false)]
    [InlineData(StatusTag.Progressing, StatusTag.Mastery, false)]
    [InlineData(StatusTag.Declining, StatusTag.ReEngagement, false)]
    public void Rapid_changes_hold_falls_and_recoveries_only(StatusTag from, StatusTag to, bool held)
    {
        ImmutableArray<RecentMove> moves = [
            Move(StatusTag.Active, StatusTag.Declining, TimeSpan.FromDays(4)), Move(
                StatusTag.Declining, StatusTag.Active, TimeSpan.FromDays(2))];
        var state = Calm(ltv: 10).With(g => g with { Moves = moves }) with { Tag = from };
        Assert.Equal(held ? ["rapid_changes"] : [], Reasons(state, Rule(1, to, Always)));
    }

    [Theory]
    // quiet days, billing risk, bad NPS → indicators
    [InlineData(true, true, false, false)]
    [InlineData(true, true, true, true)]
    [InlineData(false, true, true, false)]
    public void More_than_two_indicators_conflict_with_a_learning_tag_only(bool quiet, bool billing, bool nps, bool conflicts)
    {
        var customer = Customer(ltv: 10).Active(0).Lived(life => life with { Lessons = 1 });
        customer = customer.Active(1, day => quiet ? day
            : day with { Lessons = 1, Activities = 9, Answers = 4, Modules = 2, Features = [1, 2, 3, 4, 5] });
        if (billing) customer = customer.Lived(life => life with { LastPaymentFailedAt = Now.AddDays(-1) });
        if (nps) customer = customer.Lived(life => life with { Nps = new Latest<decimal>(Now, "n", 3) });

        Assert.Equal(conflicts ? ["conflicting_signals"] : [], Reasons(customer, Rule(1, StatusTag.Progressing, Always)));
        Assert.Empty(Reasons(customer, Rule(1, StatusTag.ReEngagement, Always)));
    }

    [Fact]
    public void Less_than_0_85_is_low_confidence()
    {
        Assert.Empty(Reasons(Calm(ltv: 10), Rule(1, StatusTag.Declining, Barely)));
        Assert.Equal(["low_confidence"], Reasons(
            Calm(observed: 6, ltv: 10), Rule(1, StatusTag.Declining, """{"days_since_enrollment":{"operator":">=","value":5}}""")));
    }

    [Fact]
    public void A_rule_that_needs_approval_or_is_not_automatic_is_looked_at()
    {
        Assert.Equal(["approval_required"], Reasons(Calm(ltv: 10), Rule(1, StatusTag.Declining, Always) with { RequiresApproval = true }));
        Assert.Equal(["approval_required"], Reasons(Calm(ltv: 10), Rule(1, StatusTag.Declining, Always) with { Automatic = false }));
    }

    [Fact]
    public void With_auto_apply_off_everything_is_looked_at_and_all_reasons_are_given()
    {
        var book = Book(
            Rule(1, StatusTag.Declining, Always) with { RequiresApproval = true }) with { Policy = new Policy { AutoApply = false } };
        Assert.Equal(["high_value_at_risk", "approval_required", "auto_apply_off"], Ruled(Calm(ltv: 6000), book).Reasons.ToArray());
    }

    [Fact]
    public void A_calibrated_confidence_decides_and_both_are_shown()
    {
        var book = Book(Rule(1, StatusTag.Declining, Always)) with { Calibration = new Calibration(
            3, [new CalibrationCurve(1, [(0.7m, 0.6m), (0.9m, 0.8m)])]) };
        var explained = Lifecycle.Explain(Calm(ltv: 10), book, Now);
        Assert.Equal((1m, 0.8m), (explained.Confidence, explained.CalibratedConfidence));
        Assert.Equal(["low_confidence"], explained.ReviewReasons.ToArray());
    }
}
