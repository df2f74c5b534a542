using System.Collections.Immutable;
using LStep.Domain.Backtesting;

namespace LStep.Domain.Tests.Backtesting;

/// <summary>What a backtest counts, one customer a line. Days count from the first receipt.</summary>
public sealed class FiguresTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int End = 100;

    // Active on; moves as day:tag; what fell silent, was found before it, in it; alarms, false ones.
    [Theory]
    [InlineData("0 5 10", "0:1 90:4", 1, null, 80, 1, 0)] // found long after
    [InlineData("0 5 10", "0:1 8:4", 1, 2, null, 1, 0)] // found two days before the last activity
    [InlineData("0 5 10", "0:1 3:4 7:5 9:4", 1, 7, null, 1, 0)] // from one risk to another is no new alarm
    [InlineData("0 5 10", "0:1 3:4 5:1 13:4", 1, null, 3, 2, 1)] // the first alarm was false, the second one right
    [InlineData("0 5 10", "0:1 3:4 10:1", 1, null, null, 1, 1)] // recovered by the very last activity, and never found again
    [InlineData("0 5 10 30", "0:1 15:4 30:1 40:4", 1, null, 10, 2, 0)] // back after 20 days of silence: the alarm was right
    [InlineData("0 5 10 23", "0:1 15:4 23:1 40:4", 1, null, 17, 2, 1)] // back after 13 days of silence
    [InlineData("0 50 90", "0:1 80:4", 0, null, null, 1, 0)] // silent for ten days at the end: not decided yet
    [InlineData("0 50 86", "0:1 80:4", 1, 6, null, 1, 0)] // silent for fourteen
    [InlineData("", "0:1 4:4", 0, null, null, 1, 0)] // never active: was never lost
    [InlineData("20", "0:1 4:4 20:1", 1, null, null, 1, 0)] // started after twenty days
    public void Alarms_are_right_or_false(
        string active, string moves, int silent, int? before, int? within, int alarms, int falseAlarms)
    {
        var figures = Figures.Of(Moves(moves), Days(active), Begin, At(End));

        Assert.Equal(
            (silent, before, within, alarms, falseAlarms),
            (figures.Silent, Single(figures.FoundBefore), Single(figures.FoundWithin), figures.Alarms, figures.FalseAlarms));
    }

    [Fact]
    public void Only_what_falls_into_the_span_is_counted()
    {
        var (moves, days) = (Moves("0:1 10:4 20:1 50:4 60:5 70:6"), Days("0 5 19 40"));

        var figures = Figures.Of(moves, days, At(20), At(60));

        Assert.Equal(3, figures.Transitions);
        Assert.Equal([(14, 1), (41, 1), (45, 1)], figures.Flow.Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([30, 0, 0, 10, 0, 0], figures.TagMs.Select(ms => ms / 86_400_000));
        Assert.Equal((1, 1), (figures.Alarms, figures.Silent));
        Assert.Equal(10, Single(figures.FoundWithin));
    }

    [Fact]
    public void Sums_add_up_and_the_median_is_the_middle_one()
    {
        var one = new Figures { Learners = 1, Transitions = 2, TagMs = [1, 2, 3, 4, 5, 6], FoundBefore = Of((3, 1), (5, 2)) };
        var other = new Figures { Learners = 2, Transitions = 3, TagMs = [6, 5, 4, 3, 2, 1], FoundBefore = Of((5, 1), (9, 1)) };

        var sum = one.Add(other);

        Assert.Equal((3, 5), (sum.Learners, sum.Transitions));
        Assert.Equal(Enumerable.Repeat(7L, 6), sum.TagMs);
        Assert.Equal(5, Figures.Median(sum.FoundBefore));
        Assert.Equal(4, Figures.Median(Of((3, 1), (5, 1))));
        Assert.Null(Figures.Median(Of()));
    }

    private static ImmutableSortedDictionary<int, int> Of(params (int Days, int Learners)[] each) =>
        each.ToImmutableSortedDictionary(one => one.Days, one => one.Learners);

    private static int? Single(ImmutableSortedDictionary<int, int> days) => days.IsEmpty ? null : days.Keys.Single();

    private static DateTimeOffset At(int day) => Begin.AddDays(day);

    private static LearnerDays Days(string active)
    {
        var days = new LearnerDays(BusinessCalendar.Utc);
        days.Take([Of(ActivityType.Identify, 0)], Begin);
        foreach (var day in active.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse))
            days.Take([Of(ActivityType.Login, day)], At(day));
        return days;
    }

    private static Activity Of(ActivityType type, int day) =>
        new() { MessageId = $"{type}-{day}", Type = type, OccurredAt = At(day), ReceivedAt = At(day) };

    private static PlayedMoves Moves(string moves)
    {
        var played = new PlayedMoves();
        StatusTag? from = null;
        foreach (var (number, move) in moves.Split(' ').Select(text => text.Split(':')).Index())
        {
            var (at, to) = (At(int.Parse(move[0])), (StatusTag)int.Parse(move[1]));
            var state = new CustomerState
            {
                CustomerId = "ada", Tag = to, TagSince = at, EvaluatedAt = at, Profile = Profile.Empty, Governance = Governance.Empty,
            };
            played.Take(new Step
            {
                Before = null, After = state, At = at,
                Transitions =
                [
                    new Transition
                    {
                        CustomerId = "ada", Number = number + 1, From = from, To = to, At = at, DueAt = at, AssignedBy = "system",
                        Reason = "",
                        Kind = from is null ? TransitionKind.First : TransitionKind.Automatic,
                    },
                ],
            });
            from = to;
        }
        return played;
    }
}
