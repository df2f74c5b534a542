using LStep.Domain.Deciding;
using static LStep.Domain.Tests.Deciding.Figures;

namespace LStep.Domain.Tests.Deciding;

/// <summary>What keeps a met rule from being carried out, each at its edge.</summary>
public class HoldTests
{
    const string Always = """{"ltv_value":{"operator":">=","value":0}}""";

    static readonly Rule Fall = Rule(1, StatusTag.Declining, Always);
    static readonly Rule Churn = Rule(2, StatusTag.Churned, Always, priority: 30);
    static readonly TimeSpan Ms = TimeSpan.FromMilliseconds(1);

    static CustomerState Met => Customer(ltv: 10);

    static (StatusTag? Moves, string? Hold) Outcome(CustomerState state, params Rule[] rules)
    {
        var ruling = Ruled(state, Book([.. rules]));
        return (ruling.Verdict == Verdict.Move ? ruling.Winner!.Rule.To : null, ruling.Hold);
    }

    [Fact]
    public void Without_a_hold_the_best_rule_moves() => Assert.Equal((StatusTag.Declining, null), Outcome(Met, Fall, Churn));

    [Fact]
    public void A_dwell_holds_for_24_hours_after_dueAt()
    {
        Assert.Equal((null, "dwell"), Outcome(Met.With(g => g with { DwellFrom = Now.AddHours(-24) + Ms }), Fall));
        Assert.Equal((StatusTag.Declining, null), Outcome(Met.With(g => g with { DwellFrom = Now.AddHours(-24) }), Fall));
    }

    [Fact]
    public void In_the_dwell_rules_to_churned_are_chosen_among_themselves() =>
        Assert.Equal((StatusTag.Churned, null), Outcome(Met.With(g => g with { DwellFrom = Now }), Fall, Churn));

    [Fact]
    public void A_persons_tag_is_left_after_the_manual_hold_only()
    {
        Assert.Equal((null, "manual"), Outcome(Met.With(g => g with { ManualUntil = Now + Ms }), Fall));
        Assert.Equal((StatusTag.Declining, null), Outcome(Met.With(g => g with { ManualUntil = Now }), Fall));
    }

    [Fact]
    public void A_persons_tag_is_left_for_churned_at_any_time() =>
        Assert.Equal((StatusTag.Churned, null), Outcome(Met.With(g => g with { ManualUntil = Now + Ms }), Fall, Churn));

    [Fact]
    public void Under_a_manual_hold_a_review_may_open() =>
        Assert.Equal(Verdict.OpenReview, Ruled(
            Met.With(g => g with { ManualUntil = Now + Ms }), Book(Fall with { RequiresApproval = true })).Verdict);

    [Fact]
    public void A_lock_holds_everything_until_its_end()
    {
        Assert.Equal((null, "locked"), Outcome(Met.With(g => g with { LockedUntil = Now + Ms }), Churn));
        Assert.Equal((null, "locked"), Outcome(Met.With(g => g with { LockedUntil = Now + Ms }), Fall with { RequiresApproval = true }));
        Assert.Equal((StatusTag.Churned, null), Outcome(Met.With(g => g with { LockedUntil = Now }), Churn));
    }

    [Fact]
    public void A_rejected_move_is_silent_by_any_rule_to_the_same_tag_until_its_end()
    {
        CustomerState Silent(StatusTag to, DateTimeOffset until) =>
            Met.With(g => g with { Silences = [new Silence(StatusTag.Active, to, until)] });

        Assert.Equal((null, "rejected"), Outcome(Silent(StatusTag.Declining, Now + Ms), Fall, Rule(3, StatusTag.Declining, Always)));
        Assert.Equal((null, "rejected"), Outcome(Silent(StatusTag.Churned, Now + Ms), Churn));
        Assert.Equal((StatusTag.Churned, null), Outcome(Silent(StatusTag.Declining, Now + Ms), Fall, Churn));
        Assert.Equal((StatusTag.Declining, null), Outcome(Silent(StatusTag.Declining, Now), Fall));
    }

    [Theory]
    [InlineData(6, "usual_rhythm")]
    [InlineData(7, null)]
    public void A_usual_gap_of_four_days_holds_a_silence_of_six(int silent, string? hold)
    {
        var learner = Customer(ltv: 10);
        foreach (var gap in (int[])[0, 1, 2, 6]) learner = learner.Active(silent + gap);
        Assert.Equal((hold is null ? StatusTag.Declining : null, hold), Outcome(learner, Fall with { UsualRhythm = true }));
    }

    [Fact]
    public void A_kept_rhythm_hides_no_recommendation_that_the_dwell_holds()
    {
        var learner = Customer(ltv: 10).With(g => g with { DwellFrom = Now });
        foreach (var gap in (int[])[0, 1, 2, 6]) learner = learner.Active(6 + gap);
        var ruling = Ruled(learner, Book(Fall with { UsualRhythm = true }, Rule(3, StatusTag.Progressing, Always, priority: 10)));
        Assert.Equal(("dwell", StatusTag.Progressing), (ruling.Hold, ruling.Winner!.Rule.To));
    }

    [Fact]
    public void With_fewer_than_four_active_days_there_is_no_rhythm_to_keep() =>
        Assert.Equal(
            (StatusTag.Declining, null), Outcome(Customer(ltv: 10).Active(1).Active(5).Active(9), Fall with { UsualRhythm = true }));

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, StatusTag.Churned)]
    public void Nothing_moves_to_churned_with_fewer_than_30_days_observed(int observed, StatusTag? moves) =>
        Assert.Equal((moves, null), Outcome(Customer(observed, ltv: 10), Churn));

    [Fact]
    public void Outside_the_rollout_a_customer_is_evaluated_in_shadow()
    {
        var book = Book(Fall);
        Assert.Equal("shadow", Ruled(Met, book with { Policy = new Policy { RolloutPercentage = 0 } }).Hold);

        int Reached(int percentage) => Enumerable.Range(0, 1000).Count(i =>
            Rollout.Includes(new Policy { RolloutPercentage = percentage }, $"c{i}"));
        Assert.InRange(Reached(30), 250, 350);
        Assert.All(Enumerable.Range(0, 200), i => Assert.True(
            !Rollout.Includes(new Policy { RolloutPercentage = 30 }, $"c{i}")
                || Rollout.Includes(new Policy { RolloutPercentage = 60 }, $"c{i}")));
    }

    [Fact]
    public void The_best_rule_has_the_lowest_priority_number_then_the_highest_confidence_then_the_lowest_id()
    {
        var weak = """{"ltv_value":{"operator":">=","value":10}}""";
        Assert.Equal(5, Ruled(Met, Book(Rule(4, StatusTag.Declining, Always, 7), Rule(5, StatusTag.Declining, weak, 6))).Winner!.Rule.Id);
        Assert.Equal(5, Ruled(Met, Book(Rule(4, StatusTag.Declining, weak), Rule(5, StatusTag.Declining, Always))).Winner!.Rule.Id);
        Assert.Equal(4, Ruled(Met, Book(Rule(5, StatusTag.Declining, Always), Rule(4, StatusTag.Declining, Always))).Winner!.Rule.Id);
    }
}
