using LStep.Domain.Analysing;

namespace LStep.Domain.Tests.Analysing;

public class ContributionsTests
{
    [Fact]
    public void Every_row_moves_and_only_what_stands_flows()
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Automatic(StatusTag.Progressing, "2026-01-02T10:00Z")
            .Automatic(StatusTag.Declining, "2026-01-10T10:00Z").Undo("2026-01-11T10:00Z")
            .Row(TransitionKind.Import, StatusTag.Mastery, "2026-01-12T10:00Z")
                .Row(TransitionKind.Override, StatusTag.Active, "2026-01-13T10:00Z")
            .Row(TransitionKind.Approved, StatusTag.Declining, "2026-01-14T10:00Z")
            .Row(TransitionKind.ReviewExpired, StatusTag.Churned, "2026-01-15T10:00Z");

        Assert.Equal(
            ["2026-01-01 ->1 0x1", "2026-01-02 1>2 0x1", "2026-01-10 2>4 0x1", "2026-01-11 4>2 0x1", "2026-01-12 2>3 0x1",
                "2026-01-13 3>1 0x1", "2026-01-14 1>4 0x1", "2026-01-15 4>6 0x1"], ledger.Of(Measure.Moved));
        Assert.Equal(["2026-01-02 1>2 1x1", "2026-01-13 3>1 5x1", "2026-01-14 1>4 4x1", "2026-01-15 4>6 3x1"], ledger.Of(Measure.Flow));
        Assert.Equal(["2026-01-11 0x1"], ledger.Of(Measure.Undone));
    }

    [Fact]
    public void A_late_row_belongs_to_the_business_day_it_was_due()
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Automatic(StatusTag.Declining, "2026-01-05T15:30Z", at: "2026-01-09T00:00Z");
        var tokyo = new BusinessCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));

        Assert.Equal(["2026-01-05 1>4 1x1"], ledger.Of(Measure.Flow));
        Assert.Equal(["2026-01-05 4830x1"], ledger.Of(Measure.Detection));
        Assert.Contains(Contributions.Of(ledger.Chain, tokyo), one => one is { Measure: Measure.Flow, Day: { Month: 1, Day: 6 } });
    }

    [Theory]
    [InlineData("2026-01-16T10:00:00Z", 1)]
    [InlineData("2026-01-16T10:00:01Z", 0)]
    public void An_automatic_move_is_wrong_when_it_was_taken_back_or_overridden_within_14_days(string later, int wrong)
    {
        Ledgers Moved() => new Ledgers().First("2026-01-01T10:00Z").Automatic(StatusTag.Declining, "2026-01-02T10:00Z");

        var undone = Moved().Undo(later);
        var overridden = Moved().Row(TransitionKind.Override, StatusTag.Active, later);
        // A move that was taken back itself came between: it is as if it had not been.
        var between = Moved().Automatic(StatusTag.ReEngagement, "2026-01-04T10:00Z").Undo("2026-01-05T10:00Z")
            .Row(TransitionKind.Override, StatusTag.Active, later);

        Assert.Equal(["2026-01-02 0x1"], undone.Of(Measure.Automatic));
        Assert.Equal(wrong, undone.Of(Measure.AutomaticWrong).Length);
        Assert.Equal(wrong, overridden.Of(Measure.AutomaticWrong).Length);
        Assert.Equal(1 + wrong, between.Of(Measure.AutomaticWrong).Length);
    }

    [Fact]
    public void An_import_and_an_override_that_follows_something_else_make_no_automatic_move_wrong()
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Row(TransitionKind.Import, StatusTag.Mastery, "2026-01-02T10:00Z")
            .Automatic(StatusTag.Declining, "2026-01-03T10:00Z").Automatic(StatusTag.ReEngagement, "2026-01-04T10:00Z")
            .Row(TransitionKind.Override, StatusTag.Active, "2026-01-05T10:00Z");

        Assert.Equal(["2026-01-03 0x1", "2026-01-04 0x1"], ledger.Of(Measure.Automatic));
        Assert.Equal(["2026-01-04 0x1"], ledger.Of(Measure.AutomaticWrong));
    }

    [Fact]
    public void The_first_time_in_progressing_is_measured_from_the_start_and_not_after_an_import()
    {
        Ledgers Begun() => new Ledgers().First("2026-01-01T10:00Z");

        Assert.Equal(["2026-01-03 3630x1"], Begun().Automatic(StatusTag.Progressing, "2026-01-03T12:30:59Z")
            .Automatic(StatusTag.Declining, "2026-01-20T00:00Z").Automatic(StatusTag.Active, "2026-01-21T00:00Z")
            .Automatic(StatusTag.Progressing, "2026-01-22T00:00Z").Of(Measure.Velocity));
        Assert.Empty(Begun().Row(TransitionKind.Import, StatusTag.Progressing, "2026-01-03T00:00Z")
            .Automatic(StatusTag.Declining, "2026-01-20T00:00Z").Automatic(StatusTag.Active, "2026-01-21T00:00Z")
            .Automatic(StatusTag.Progressing, "2026-01-22T00:00Z").Of(Measure.Velocity));
        // An import that was taken back is as if it had not been.
        Assert.Single(Begun().Row(TransitionKind.Import, StatusTag.Mastery, "2026-01-03T00:00Z").Undo("2026-01-04T00:00Z")
            .Automatic(StatusTag.Progressing, "2026-01-22T00:00Z").Of(Measure.Velocity));
        // Before the start is no time at all.
        Assert.Equal(["2026-01-03 0x1"], new Ledgers { Start = Given.At("2026-02-01T00:00Z") }.First("2026-01-01T10:00Z")
            .Automatic(StatusTag.Progressing, "2026-01-03T00:00Z").Of(Measure.Velocity));
    }

    [Theory]
    [InlineData("2026-03-02T00:00:00Z", 1)]
    [InlineData("2026-03-02T00:00:01Z", 0)]
    public void Mastery_within_60_days_is_due_when_they_are_over(string mastered, int made)
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Automatic(StatusTag.Mastery, mastered);

        Assert.Equal(["2026-03-02 0x1"], ledger.Of(Measure.MasteryDue));
        Assert.Equal(made, ledger.Of(Measure.MasteryMade).Length);
    }

    [Fact]
    public void Whom_an_import_made_a_master_is_asked_for_no_mastery()
    {
        var early = new Ledgers().First("2026-01-01T10:00Z").Row(TransitionKind.Import, StatusTag.Mastery, "2026-01-20T00:00Z");
        var afterwards = new Ledgers().First("2026-01-01T10:00Z").Row(TransitionKind.Import, StatusTag.Mastery, "2026-03-20T00:00Z");

        Assert.Empty(early.Of(Measure.MasteryDue));
        Assert.Single(afterwards.Of(Measure.MasteryDue));
        Assert.Empty(afterwards.Of(Measure.MasteryMade));
    }

    [Theory]
    [InlineData("2026-02-09T10:00:00Z", 1)]
    [InlineData("2026-02-09T10:00:01Z", 0)]
    public void A_fall_is_recovered_within_30_days_also_by_way_of_re_engagement(string back, int made)
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Automatic(StatusTag.Declining, "2026-01-10T10:00Z")
            .Automatic(StatusTag.ReEngagement, "2026-01-12T10:00Z").Automatic(StatusTag.Active, back);

        Assert.Equal(["2026-02-09 0x1"], ledger.Of(Measure.RecoveryDue));
        Assert.Equal(made, ledger.Of(Measure.RecoveryMade).Length);
        Assert.Equal(made == 1 ? ["2026-02-09 0x1"] : [], ledger.Of(Measure.RecoveryEarly));
    }

    [Fact]
    public void Each_fall_is_recovered_by_what_follows_it()
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Automatic(StatusTag.Declining, "2026-01-10T10:00Z")
            .Automatic(StatusTag.Active, "2026-01-12T10:00Z").Automatic(StatusTag.Declining, "2026-01-20T10:00Z")
            .Row(TransitionKind.Import, StatusTag.Declining, "2026-01-25T10:00Z")
            .Automatic(StatusTag.Churned, "2026-01-30T10:00Z");

        Assert.Equal(["2026-02-09 0x1", "2026-02-19 0x1"], ledger.Of(Measure.RecoveryDue));
        Assert.Equal(["2026-02-09 0x1"], ledger.Of(Measure.RecoveryMade));
        Assert.Equal(["2026-01-12 0x1"], ledger.Of(Measure.RecoveryEarly));
    }

    [Fact]
    public void What_is_at_risk_is_detected_by_the_tag_or_by_the_review_that_came_first()
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Automatic(StatusTag.Declining, "2026-01-10T10:00Z", at: "2026-01-10T11:30Z")
            .Automatic(StatusTag.Active, "2026-01-12T10:00Z")
            .Row(TransitionKind.Approved, StatusTag.Declining, "2026-01-15T10:00Z").Automatic(StatusTag.Active, "2026-01-17T10:00Z")
            .Automatic(StatusTag.Declining, "2026-01-20T10:00Z", at: "2026-01-21T10:00Z")
            .Review(ReviewStatus.Approved, StatusTag.Declining, "2026-01-14T10:00Z", "2026-01-15T10:00Z", transition: 4)
            .Review(ReviewStatus.Superseded, StatusTag.Declining, "2026-01-19T10:00Z", "2026-01-20T10:00Z", transition: 6)
            .Review(ReviewStatus.Open, StatusTag.Churned, "2026-01-25T10:00Z");

        Assert.Equal(["2026-01-10 90x1", "2026-01-14 0x1", "2026-01-19 0x1"], ledger.Of(Measure.Detection));
    }

    [Fact]
    public void Reviews_are_counted_as_they_were_opened_and_as_they_ended()
    {
        var ledger = new Ledgers().First("2026-01-01T10:00Z").Row(TransitionKind.ReviewExpired, StatusTag.Declining, "2026-01-05T00:00Z")
            .Review(ReviewStatus.Approved, StatusTag.Declining, "2026-01-02T00:00Z", "2026-01-03T00:30:30Z")
            .Review(ReviewStatus.Rejected, StatusTag.Declining, "2026-01-02T00:00Z", "2026-01-03T00:00Z")
            .Review(ReviewStatus.Withdrawn, StatusTag.Declining, "2026-01-02T00:00Z", "2026-01-02T00:01Z")
            .Review(ReviewStatus.Superseded, StatusTag.Declining, "2026-01-02T00:00Z", "2026-01-05T00:00Z", transition: 2)
            .Review(ReviewStatus.Superseded, StatusTag.Churned, "2026-01-02T00:00Z", "2026-01-04T00:00Z")
            .Review(ReviewStatus.Open, StatusTag.Declining, "2026-01-06T00:00Z");

        Assert.Equal(["2026-01-02 0x5", "2026-01-06 0x1"], ledger.Of(Measure.ReviewOpened));
        Assert.Equal(["2026-01-03 1470x1"], ledger.Of(Measure.ReviewApproved));
        Assert.Equal(["2026-01-03 1440x1"], ledger.Of(Measure.ReviewRejected));
        Assert.Equal(["2026-01-02 1x1"], ledger.Of(Measure.ReviewWithdrawn));
        Assert.Equal(["2026-01-05 4320x1"], ledger.Of(Measure.ReviewExpired));
        Assert.Equal(["2026-01-04 2880x1"], ledger.Of(Measure.ReviewSuperseded));
    }

    [Fact]
    public void A_cohort_follows_its_months()
    {
        var ledger = new Ledgers { Start = Given.At("2026-01-15T00:00Z") }.First("2025-12-20T10:00Z")
            .Automatic(StatusTag.Progressing, "2026-01-31T23:59:59Z").Automatic(StatusTag.Declining, "2026-02-01T00:00Z")
            .Automatic(StatusTag.Churned, "2027-01-02T00:00Z");

        Assert.Equal(["2026-01-01 ->1 0x1", "2026-01-01 1>2 0x1", "2026-01-01 2>4 1x1", "2026-01-01 4>6 12x1"], ledger.Of(Measure.Cohort));
    }

    [Fact]
    public void An_erased_person_leaves_its_tag_and_keeps_what_needs_no_start()
    {
        var ledger = new Ledgers { Start = null, ErasedAt = Given.At("2026-02-01T00:00Z") }.First("2026-01-01T10:00Z")
            .Automatic(StatusTag.Progressing, "2026-01-05T00:00Z");

        Assert.Equal(["2026-01-01 ->1 0x1", "2026-01-05 1>2 0x1", "2026-02-01 2>- 0x1"], ledger.Of(Measure.Moved));
        Assert.Single(ledger.Of(Measure.Flow));
        Assert.Empty(ledger.Of(Measure.Velocity).Concat(ledger.Of(Measure.Cohort)).Concat(ledger.Of(Measure.MasteryDue)));
    }

    [Fact]
    public void A_start_at_the_end_of_time_is_counted()
    {
        var ledger = new Ledgers { Start = DateTimeOffset.MaxValue }.First("2026-01-01T10:00Z")
            .Automatic(StatusTag.Progressing, "2026-01-05T00:00Z");
        Assert.Equal(["9999-12-31 0x1"], ledger.Of(Measure.MasteryDue));
    }

    [Theory]
    [InlineData(0, "low")]
    [InlineData(839, "low")]
    [InlineData(840, "medium")]
    [InlineData(1959, "medium")]
    [InlineData(1960, "high")]
    public void The_engagement_level_is_the_mean_of_28_days(long scores, string level) => Assert.Equal(level, EngagementLevel.Of(scores));
}
