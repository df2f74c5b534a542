using System.Collections.Immutable;

namespace LStep.Domain.Analysing;

/// <summary>
/// What one customer adds to the figures of every day, also of days to come: it depends on what was decided, never on when it is asked.
/// </summary>
public static class Contributions
{
    const int MasteryDays = 60;
    const int RecoveryDays = 30;
    const int AccuracyDays = 14;

    /// <summary>In the order of <see cref="Contribution.Compare"/>.</summary>
    public static ImmutableArray<Contribution> Of(Chain chain, BusinessCalendar calendar)
    {
        var counted = new Counted(calendar);
        Rows(chain, counted);
        Automatic(chain, counted);
        Recoveries(chain, counted);
        Detections(chain, counted);
        foreach (var review in chain.Reviews) Review(review, chain, counted);
        if (chain.Start is { } start)
        {
            Velocity(chain, start, counted);
            Mastery(chain, start, counted);
            Cohort(chain, start, calendar, counted);
        }
        return Contribution.Sorted(counted.All);
    }

    static void Rows(Chain chain, Counted counted)
    {
        foreach (var row in chain.Ledger)
        {
            counted.Add(Measure.Moved, row.DueAt, row.From, row.To);
            if (row.Counts) counted.Add(Measure.Flow, row.DueAt, row.From, row.To, (int)row.Kind);
            if (row.Kind == TransitionKind.Undo) counted.Add(Measure.Undone, row.DueAt);
        }
        if (chain is { ErasedAt: { } erased, Ledger: [.., var last] }) counted.Add(Measure.Moved, erased, last.To, to: null);
    }

    static void Automatic(Chain chain, Counted counted)
    {
        foreach (var row in chain.Ledger.Where(row => row.Kind == TransitionKind.Automatic))
        {
            counted.Add(Measure.Automatic, row.DueAt);
            var until = After(row.DueAt, AccuracyDays);
            var next = chain.Ledger.FirstOrDefault(later => later.Number > row.Number && later.Stands);
            if (row.UndoneAt <= until || (next is { Kind: TransitionKind.Override } && next.DueAt <= until))
                counted.Add(Measure.AutomaticWrong, row.DueAt);
        }
    }

    static void Recoveries(Chain chain, Counted counted)
    {
        foreach (var entry in chain.Ledger.Where(row => row.Counts && row.To == StatusTag.Declining))
        {
            var until = After(entry.DueAt, RecoveryDays);
            counted.Add(Measure.RecoveryDue, until);
            var recovery = chain.Ledger.FirstOrDefault(row =>
                row.Number > entry.Number && row.Counts && row.To is StatusTag.Active or StatusTag.Progressing);
            if (recovery is null || recovery.DueAt > until) continue;
            counted.Add(Measure.RecoveryMade, until);
            counted.Add(Measure.RecoveryEarly, recovery.DueAt);
        }
    }

    /// <summary>A review opens at the instant at which its condition holds; what closed a review was detected when that opened.</summary>
    static void Detections(Chain chain, Counted counted)
    {
        var reviews = chain.Reviews.Where(review => review.To == StatusTag.Declining).ToList();
        foreach (var review in reviews) counted.Add(Measure.Detection, review.OpenedAt);
        foreach (var row in chain.Ledger.Where(row => row is { Counts: true, Kind: TransitionKind.Automatic, To: StatusTag.Declining }))
            if (!reviews.Exists(review => review.Transition == row.Number))
                counted.Add(Measure.Detection, row.DueAt, value: Minutes(row.DueAt, row.At));
    }

    static void Review(ChainReview review, Chain chain, Counted counted)
    {
        counted.Add(Measure.ReviewOpened, review.OpenedAt);
        if (review.Status == ReviewStatus.Open || review.EndedAt is not { } ended) return;
        var measure = review.Status switch
        {
            ReviewStatus.Approved => Measure.ReviewApproved,
            ReviewStatus.Rejected => Measure.ReviewRejected,
            ReviewStatus.Withdrawn => Measure.ReviewWithdrawn,
            _ => chain.Ledger.Any(row => row.Number == review.Transition && row.Kind == TransitionKind.ReviewExpired)
                ? Measure.ReviewExpired : Measure.ReviewSuperseded,
        };
        counted.Add(measure, ended, value: Minutes(review.OpenedAt, ended));
    }

    static void Velocity(Chain chain, DateTimeOffset start, Counted counted)
    {
        var reached = chain.Ledger.FirstOrDefault(row => row.Stands && row.To is StatusTag.Progressing or StatusTag.Mastery);
        if (reached is null or { Kind: TransitionKind.Import }) return;
        if (chain.Ledger.FirstOrDefault(row => row.Counts && row.To == StatusTag.Progressing) is { } first)
            counted.Add(Measure.Velocity, first.DueAt, value: Minutes(start, first.DueAt));
    }

    static void Mastery(Chain chain, DateTimeOffset start, Counted counted)
    {
        var until = After(start, MasteryDays);
        var first = chain.Ledger.FirstOrDefault(row => row.Stands && row.To == StatusTag.Mastery && row.DueAt <= until);
        if (first is { Kind: TransitionKind.Import }) return;
        counted.Add(Measure.MasteryDue, until);
        if (first is not null) counted.Add(Measure.MasteryMade, until);
    }

    /// <summary>What came before the month of the start belongs to it: a running sum over the months is the tags of the cohort.</summary>
    static void Cohort(Chain chain, DateTimeOffset start, BusinessCalendar calendar, Counted counted)
    {
        var day = calendar.DayOf(start);
        var month = new DateOnly(day.Year, day.Month, 1);
        foreach (var row in chain.Ledger)
        {
            var due = calendar.DayOf(row.DueAt);
            var after = ((due.Year - month.Year) * 12) + due.Month - month.Month;
            counted.Add(Measure.Cohort, month, row.From, row.To, Math.Max(0, after));
        }
    }

    /// <summary>A start may lie at the end of time.</summary>
    static DateTimeOffset After(DateTimeOffset instant, int days) =>
        instant < DateTimeOffset.MaxValue.AddDays(-days) ? instant.AddDays(days) : DateTimeOffset.MaxValue;

    static int Minutes(DateTimeOffset from, DateTimeOffset to) =>
        (int)Math.Clamp(Math.Floor((to - from).TotalMinutes), 0, int.MaxValue);

    sealed class Counted(BusinessCalendar calendar)
    {
        public List<Contribution> All { get; } = [];

        public void Add(Measure measure, DateTimeOffset at, StatusTag? from = null, StatusTag? to = null, int value = 0) =>
            Add(measure, calendar.DayOf(at), from, to, value);

        public void Add(Measure measure, DateOnly day, StatusTag? from, StatusTag? to, int value) =>
            All.Add(new Contribution(measure, day, from, to, value, Count: 1));
    }
}
