using LStep.Grains.Feeds;

namespace LStep.System.Tests.Feeds;

public sealed class TagCountsTests
{
    [Fact]
    public void Counts_follow_the_ledger_and_take_no_row_twice()
    {
        var counted = TagCounts.Of(5, [KeyValuePair.Create(StatusTag.Active, 3L)]);

        var after = counted.After(
            [Row(5, null, StatusTag.Active), Row(6, null, StatusTag.Active), Row(7, StatusTag.Active, StatusTag.Declining)]);

        Assert.Equal((3, 1, 7), (after.Counts[StatusTag.Active], after.Counts[StatusTag.Declining], after.AsOf));
        Assert.Equal(0, after.Counts[StatusTag.Churned]);
    }

    private static Transition Row(long id, StatusTag? from, StatusTag to) => new()
    {
        Id = id, CustomerId = "c", Number = 1, From = from, To = to, At = default, DueAt = default, AssignedBy = "system", Reason = "",
        Kind = TransitionKind.Automatic,
    };
}
