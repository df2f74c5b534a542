using System.Collections.Immutable;

namespace LStep.Domain.Backtesting;

/// <summary>What a set of rules comes to over customers, counted in a span of time; sums of customers can be added up.</summary>
public sealed record Figures
{
    /// <summary>
    /// A learner who is silent for so long until the end of the log has fallen silent, and an alarm with so much silence was right.
    /// </summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(14);

    public static Figures None { get; } = new();

    /// <summary>Customers whose log begins before the end of the span.</summary>
    public int Learners { get; init; }

    /// <summary>Moves between tags; first assignments and what imports came to are none.</summary>
    public int Transitions { get; init; }

    /// <summary>The transitions by the numbers of their tags: from · 10 + to → how many.</summary>
    public ImmutableSortedDictionary<int, int> Flow { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Of the transitions, those that no review was needed for.</summary>
    public int Automatic { get; init; }

    public int Reviews { get; init; }

    /// <summary>Spent in each tag, in the order of the tags.</summary>
    public ImmutableArray<long> TagMs { get; init; } = [0, 0, 0, 0, 0, 0];

    /// <summary>Learners whose last activity lies in the span, and who were silent from then until its end, 14 days or more.</summary>
    public int Silent { get; init; }

    /// <summary>Of those, who were outside the learning tags when they were last active: whole days since the alarm → learners.</summary>
    public ImmutableSortedDictionary<int, int> FoundBefore { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Of those, who left the learning tags later: whole days from the last activity to the alarm → learners.</summary>
    public ImmutableSortedDictionary<int, int> FoundWithin { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Moves out of the learning tags.</summary>
    public int Alarms { get; init; }

    /// <summary>
    /// Of the alarms, those after which the learner came back to a learning tag without a silence of 14 days or more that had begun before
    /// the return and lasted beyond the alarm.
    /// </summary>
    public int FalseAlarms { get; init; }

    public static Figures Of(PlayedMoves played, LearnerDays days, DateTimeOffset from, DateTimeOffset to)
    {
        var moves = played.Moves
            .Where(move => move.Kind is TransitionKind.Automatic or TransitionKind.ReviewExpired && IsIn(move.DueAt)).ToList();
        var alarms = played.Alarms().ToList();
        var counted = alarms.FindAll(one => IsIn(one.Alarm.DueAt));
        var silences = days.Silences(Silence, to);
        var figures = new Figures
        {
            Learners = 1,
            Transitions = moves.Count,
            Flow = moves.CountBy(move => ((int)move.From!.Value * 10) + (int)move.To).ToImmutableSortedDictionary(),
            Automatic = moves.Count(move => move.Kind == TransitionKind.Automatic),
            Reviews = played.Reviews.Count(IsIn),
            TagMs = TagMsOf(played.Moves, from, to),
            Alarms = counted.Count,
            FalseAlarms = counted.Count(one => one.Ended is { } ended
                && !silences.Any(silence => silence.From < ended && silence.To > one.Alarm.DueAt)),
        };
        return days.LastActivity is { } last && IsIn(last) && to - last >= Silence
            ? figures.WithSilent(alarms, last, days.LastActivityTurn) : figures;

        bool IsIn(DateTimeOffset at) => at >= from && at <= to;
    }

    public Figures Add(Figures other) => new()
    {
        Learners = Learners + other.Learners,
        Transitions = Transitions + other.Transitions,
        Flow = Add(Flow, other.Flow),
        Automatic = Automatic + other.Automatic,
        Reviews = Reviews + other.Reviews,
        TagMs = [.. TagMs.Zip(other.TagMs, (one, more) => one + more)],
        Silent = Silent + other.Silent,
        FoundBefore = Add(FoundBefore, other.FoundBefore),
        FoundWithin = Add(FoundWithin, other.FoundWithin),
        Alarms = Alarms + other.Alarms,
        FalseAlarms = FalseAlarms + other.FalseAlarms,
    };

    /// <summary>The median of whole days; the mean of the middle two of an even number; null of none.</summary>
    public static decimal? Median(ImmutableSortedDictionary<int, int> days)
    {
        var count = days.Values.Sum();
        return count == 0 ? null : (Nth((count - 1) / 2) + Nth(count / 2)) / 2m;

        int Nth(int place)
        {
            foreach (var (value, learners) in days)
                if ((place -= learners) < 0) return value;
            return 0;
        }
    }

    /// <param name="turn">When the last activity was known: it may itself have ended an alarm.</param>
    Figures WithSilent(List<(Transition Alarm, DateTimeOffset? Ended)> alarms, DateTimeOffset last, DateTimeOffset turn)
    {
        var found = alarms.Find(one => one.Ended is not { } ended || ended > turn).Alarm;
        if (found is null) return this with { Silent = 1 };
        return found.DueAt < last
            ? this with { Silent = 1, FoundBefore = FoundBefore.Add((int)(last - found.DueAt).TotalDays, 1) }
            : this with { Silent = 1, FoundWithin = FoundWithin.Add((int)(found.DueAt - last).TotalDays, 1) };
    }

    static ImmutableArray<long> TagMsOf(IReadOnlyList<Transition> moves, DateTimeOffset from, DateTimeOffset to)
    {
        var spent = new long[StatusTags.All.Count];
        for (var i = 0; i < moves.Count; i++)
        {
            var (begin, end) = (moves[i].DueAt, i + 1 < moves.Count ? moves[i + 1].DueAt : to);
            if (begin < from) begin = from;
            if (end > to) end = to;
            if (end > begin) spent[(int)moves[i].To - 1] += (long)(end - begin).TotalMilliseconds;
        }
        return [.. spent];
    }

    static ImmutableSortedDictionary<int, int> Add(ImmutableSortedDictionary<int, int> one, ImmutableSortedDictionary<int, int> other) =>
        one.SetItems(other.Select(each => KeyValuePair.Create(each.Key, one.GetValueOrDefault(each.Key) + each.Value)));
}
