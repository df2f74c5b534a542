using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>One row of the ledger, as it was known at an instant.</summary>
/// <param name="At">When it was applied.</param>
/// <param name="Undone">It had been taken back by then.</param>
/// <param name="Undoes">The number of the row that it takes back.</param>
public sealed record PastMove(
    int Number, StatusTag? From, StatusTag To, DateTimeOffset At, DateTimeOffset DueAt, TransitionKind Kind, bool Undone,
    int? Undoes = null);

/// <summary>A recommendation that a person rejected.</summary>
public sealed record PastRejection(StatusTag From, StatusTag To, DateTimeOffset At);

/// <summary>
/// What had been decided about a customer by an instant, as the ledger, the reviews and the decision records tell it: what was decided is
/// not decided again, since the rules, the code and the people were others then.
/// </summary>
/// <param name="Ledger">Ascending; not empty.</param>
/// <param name="Rejections">Ascending; those of the last 14 days.</param>
public sealed record Past(
    ImmutableArray<PastMove> Ledger, ImmutableArray<PastRejection> Rejections, OpenReview? Review, DateTimeOffset? LockedUntil)
{
    /// <summary>For how long a rejected or undone recommendation stays away.</summary>
    public static readonly TimeSpan SilentFor = Spans.Silence;

    /// <summary>Whether what the state says to wait for had been settled by an instant: until then imports wait.</summary>
    public static bool ImportsAreSettled(CustomerState state, DateTimeOffset at) => Situation.SettlesAt(state) <= at;

    /// <summary>How often a review that was open at an instant had called for attention by then.</summary>
    public static int AlertsOf(DateTimeOffset openedAt, DateTimeOffset at) => Spans.ReviewAlerts.Count(after => openedAt + after <= at);

    /// <summary>The customer with its tag and what governed it; windows, totals and profile are those of the counted state.</summary>
    public CustomerState Restore(CustomerState counted, DateTimeOffset at)
    {
        var last = Ledger[^1];
        var standing = Ledger.Where(move => !move.Undone && move.Kind != TransitionKind.Undo).ToList();
        // An undo brings back the tag and its beginning: those of the row before the one that was taken back.
        var holds = last.Kind == TransitionKind.Undo ? standing[^1] : last;
        return counted with
        {
            Tag = last.To,
            TagSince = holds.DueAt,
            PreviousTag = holds.From,
            Governance = new Governance
            {
                Transitions = Ledger.Length,
                Moves = [.. Ledger.Where(move => at < move.DueAt + Spans.Rapid).Select(
                    move => new RecentMove(move.Number, move.From, move.To, move.DueAt, move.Kind, move.Undone))],
                DwellFrom = standing.FindLast(move => move.Kind is TransitionKind.Automatic or TransitionKind.ReviewExpired)?.DueAt,
                ManualUntil = last.Kind is TransitionKind.Approved or TransitionKind.Override or TransitionKind.Undo
                    ? last.At + Spans.Manual : null,
                LockedUntil = LockedUntil,
                Silences = Silences(last),
                Review = Review,
            },
        };
    }

    /// <summary>A move ends all of them; an undo leaves that of what it took back.</summary>
    ImmutableArray<Silence> Silences(PastMove last)
    {
        var undone = last.Undoes is { } number ? Ledger.FirstOrDefault(move => move.Number == number) : null;
        var silences = Rejections.Where(one => one.At > last.At).Select(one => new Silence(one.From, one.To, one.At + SilentFor));
        return undone is { From: { } from } && undone.Kind != TransitionKind.Override
            ? [new Silence(from, undone.To, last.At + SilentFor), .. silences]
            : [.. silences];
    }
}
