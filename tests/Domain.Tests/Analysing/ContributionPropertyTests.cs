using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Analysing;

namespace LStep.Domain.Tests.Analysing;

public class ContributionPropertyTests
{
    static readonly Gen<(Ledgers One, Ledgers Other)> Two = from one in Ledgers.Any from other in Ledgers.Any select (one, other);

    [Fact]
    public void The_sum_of_moves_is_the_tag_at_the_end_and_so_is_that_of_the_cohort() =>
        Seeded.Holds(Ledgers.Any, ledger =>
        {
            foreach (var measure in ledger.Start is null ? [Measure.Moved] : new[] { Measure.Moved, Measure.Cohort })
                foreach (var tag in StatusTags.All)
                {
                    var all = ledger.Contributions.Where(one => one.Measure == measure).ToList();
                    var sum = all.Where(one => one.To == tag).Sum(one => one.Count) - all.Where(one => one.From == tag)
                        .Sum(one => one.Count);
                    Assert.Equal(ledger.Chain.Ledger[^1].To == tag ? 1 : 0, sum);
                }
        });

    [Fact]
    public void What_was_taken_back_leaves_no_trace_but_in_moves_undos_and_automatic_moves() =>
        Seeded.Holds(Ledgers.Any, ledger =>
        {
            Measure[] left = [Measure.Moved, Measure.Cohort, Measure.Undone, Measure.Automatic, Measure.AutomaticWrong];
            var standing = ledger.Chain with { Ledger = [.. ledger.Chain.Ledger.Where(row => row.Stands)] };
            var again = Contributions.Of(standing, BusinessCalendar.Utc);
            Assert.Equal(again.Where(one => !left.Contains(one.Measure)), ledger.Contributions.Where(one => !left.Contains(one.Measure)));
        });

    [Fact]
    public void Nobody_makes_more_than_was_due_and_undos_are_as_many_as_what_they_took_back() =>
        Seeded.Holds(Ledgers.Any, ledger =>
        {
            int Sum(Measure measure) => ledger.Contributions.Where(one => one.Measure == measure).Sum(one => one.Count);
            Assert.InRange(Sum(Measure.MasteryMade), 0, Sum(Measure.MasteryDue));
            Assert.InRange(Sum(Measure.RecoveryMade), 0, Sum(Measure.RecoveryDue));
            Assert.Equal(Sum(Measure.RecoveryMade), Sum(Measure.RecoveryEarly));
            Assert.InRange(Sum(Measure.AutomaticWrong), 0, Sum(Measure.Automatic));
            Assert.Equal(ledger.Chain.Ledger.Count(row => row.UndoneAt is not null), Sum(Measure.Undone));
        });

    [Fact]
    public void A_difference_makes_the_new_of_the_old_and_nothing_of_the_same() =>
        Seeded.Holds(Two, two =>
        {
            var (old, now) = (two.One.Contributions, two.Other.Contributions);
            var difference = Contribution.Difference(old, now);
            Assert.Equal(now.AsEnumerable(), Contribution.Sorted(old.Concat(difference)));
            Assert.Equal(difference.AsEnumerable(), Contribution.Sorted(difference));
            Assert.Empty(Contribution.Difference(old, old));
            Assert.Equal(old.AsEnumerable(), Contribution.Difference([], old));
        });

    [Fact]
    public void Packed_contributions_come_back_and_are_small() =>
        Seeded.Holds(Ledgers.Any, ledger =>
        {
            var all = ledger.Contributions;
            var packed = ContributionPacking.Pack(all);
            Assert.Equal(all.AsEnumerable(), ContributionPacking.Unpack(packed));
            Assert.InRange(packed.Length, 1, 8 + (all.Length * 12));
        });

    [Fact]
    public void Bytes_that_are_no_contributions_are_refused() =>
        Seeded.Holds(
            from ledger in Ledgers.Any from place in Gen.Choose(0, 10_000) from bit in Gen.Choose(0, 7) select (ledger, place, bit), one =>
        {
            var packed = ContributionPacking.Pack(one.ledger.Contributions);
            packed[one.place % packed.Length] ^= (byte)(1 << one.bit);
            try
            {
                ContributionPacking.Unpack(packed);
            }
            catch (InvalidDataException)
            {
                // The only answer besides other numbers.
            }
        });
}
