using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using LStep.Domain.Analysing;

namespace LStep.Domain.Tests.Analysing;

/// <summary>Chains for tests: one row a line, as "number-th row: kind, tag, due, at or undone".</summary>
sealed class Ledgers
{
    readonly List<ChainRow> rows = [];
    readonly List<ChainReview> reviews = [];

    public DateTimeOffset? Start { get; init; } = Given.At("2026-01-01T00:00Z");

    public DateTimeOffset? ErasedAt { get; init; }

    public Chain Chain => new([.. rows], [.. reviews], Start, ErasedAt);

    public Ledgers First(string due) => Row(TransitionKind.First, StatusTag.Active, due);

    public Ledgers Row(TransitionKind kind, StatusTag to, string due, string? at = null)
    {
        StatusTag? from = rows.Count == 0 ? null : rows[^1].To;
        rows.Add(new ChainRow(rows.Count + 1, from, to, Given.At(at ?? due), Given.At(due), kind, UndoneAt: null));
        return this;
    }

    public Ledgers Automatic(StatusTag to, string due, string? at = null) => Row(TransitionKind.Automatic, to, due, at);

    /// <summary>Takes back the latest row that stands.</summary>
    public Ledgers Undo(string at)
    {
        var last = rows.FindLastIndex(row => row.Stands);
        rows[last] = rows[last] with { UndoneAt = Given.At(at) };
        return Row(TransitionKind.Undo, rows.FindLast(row => row.Stands)!.To, at);
    }

    public Ledgers Review(ReviewStatus status, StatusTag to, string opened, string? ended = null, int? transition = null)
    {
        reviews.Add(new ChainReview(to, status, Given.At(opened), ended is null ? null : Given.At(ended), transition));
        return this;
    }

    public ImmutableArray<Contribution> Contributions => Domain.Analysing.Contributions.Of(Chain, BusinessCalendar.Utc);

    /// <summary>What is counted of one measure, as "DAY FROM>TO VALUExCOUNT".</summary>
    public string[] Of(Measure measure) => [.. Contributions.Where(one => one.Measure == measure).Select(Told)];

    static string Told(Contribution one)
    {
        var tags = one.From is null && one.To is null ? "" : $" {Digit(one.From)}>{Digit(one.To)}";
        return $"{one.Day:yyyy-MM-dd}{tags} {one.Value}x{one.Count}";
    }

    static string Digit(StatusTag? tag) =>
        tag is { } known ? ((int)known).ToString(System.Globalization.CultureInfo.InvariantCulture) : "-";

    /// <summary>Any chain that acts of people, rules, imports and undos can make.</summary>
    public static Gen<Ledgers> Any { get; } =
        from moves in Gen.ListOf(
            from kind in Gen.Elements(TransitionKind.Automatic, TransitionKind.Automatic, TransitionKind.Import,
                TransitionKind.ReviewExpired, TransitionKind.Approved, TransitionKind.Override, TransitionKind.Undo)
            from to in Gen.Elements<StatusTag>(StatusTags.All.ToArray())
            from hours in Gen.Choose(0, 900)
            from late in Gen.Choose(0, 48)
            select (kind, to, hours, late))
        from start in Gen.Choose(-100, 100)
        from knownStart in Gen.Choose(0, 4)
        select Made([.. moves], knownStart == 0 ? null : Given.At("2026-03-01T00:00Z").AddDays(start));

    static Ledgers Made(List<(TransitionKind Kind, StatusTag To, int Hours, int Late)> moves, DateTimeOffset? start)
    {
        var ledger = new Ledgers { Start = start }.First("2026-03-01T12:00:00Z");
        var due = Given.At("2026-03-01T12:00:00Z");
        foreach (var (kind, to, hours, late) in moves)
        {
            due = due.AddHours(hours);
            if (kind == TransitionKind.Undo)
            {
                if (ledger.rows.Count(row => row.Stands) > 1) ledger.Undo(due.ToString("O"));
            }
            else if (to != ledger.rows[^1].To) ledger.Row(kind, to, due.ToString("O"), due.AddHours(late).ToString("O"));
        }
        return ledger;
    }
}
