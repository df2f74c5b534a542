using System.Collections.Immutable;
using System.Data;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains.Database;
using LStep.Grains.Reviews;
using LStep.Grains.Rules;
using LStep.Grains.Transitions;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>A customer as it was known at an instant, with what was in force then.</summary>
/// <param name="Recent">Its latest ledger rows by then, newest first.</param>
public sealed record PastCustomer(
    CustomerState State, Rulebook Book, DateTimeOffset At, IReadOnlyList<LedgerRow> Recent, ReviewRecord? Review)
{
    public CustomerView View() => Views.Of(State, Book.Calendar, At, NextCheck.OrMidnight(State, Book, At));

    public EvaluationView Explain() => Lifecycle.Explain(State, Book, At);
}

/// <summary>
/// Makes customers again as they were known at an instant: windows, totals and profile from the log by the time of receipt, tag and holds
/// from the ledger, the reviews and the decision records. Writes nothing.
/// </summary>
public sealed class PastCustomers(PostgresDatabase database, RuleHistory history)
{
    /// <summary>Null before the first receipt of the customer.</summary>
    /// <exception cref="TooSlowException">Its log is too long to be read for a question.</exception>
    public async Task<PastCustomer?> At(string id, DateTimeOffset at, int recentMax, CancellationToken cancel)
    {
        var book = await history.At(at, cancel);
        return await database.Reports.Use(async connection =>
        {
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            if (await Counted(connection, id, at, book.Calendar, cancel) is not { } counted) return null;
            var ledger = await connection.Rows("past_ledger", LedgerRow.Read, cancel, id, at);
            if (ledger.Count == 0) return null;
            var (review, open, rejections) = await Reviews(connection, id, at, cancel);
            var locked = await connection.Rows("past_lock", row => row.InstantOrNull(0), cancel, id, at);
            var commits = await connection.Value<long>("past_commits", cancel, id, counted.EvaluatedAt, at);
            var past = new Past(Moves(ledger), rejections, open, locked.FirstOrDefault());
            var state = past.Restore(counted with { Version = counted.Version + commits }, at);
            ledger.Reverse();
            return new PastCustomer(state, book, at, ledger[..Math.Min(ledger.Count, recentMax)], review);
        }, cancel);
    }

    private static async Task<CustomerState?> Counted(
        NpgsqlConnection connection, string id, DateTimeOffset at, BusinessCalendar calendar, CancellationToken cancel)
    {
        Recount? recount = null;
        var (version, last) = (0L, at);
        await foreach (var turn in LogTurn.Until(connection, [id], at, cancel))
        {
            recount ??= new Recount(id, turn.At, calendar);
            if (Past.ImportsAreSettled(recount.State, turn.At)) recount.SettleImports();
            recount.Take(turn.Activities, turn.At);
            (version, last) = (turn.Version, turn.At);
        }
        if (recount is null) return null;
        if (Past.ImportsAreSettled(recount.State, at)) recount.SettleImports();
        return recount.State with { Version = version, EvaluatedAt = last };
    }

    private static ImmutableArray<PastMove> Moves(List<LedgerRow> ledger)
    {
        var numbers = ledger.ToDictionary(row => row.Transition.Id, row => row.Transition.Number);
        return
        [
            .. ledger.Select(row => new PastMove(
                row.Transition.Number, row.Transition.From, row.Transition.To, row.Transition.At, row.Transition.DueAt,
                row.Transition.Kind, row.UndoneAt is not null,
                row.Undoes is { } undone && numbers.TryGetValue(undone, out var number) ? number : null)),
        ];
    }

    /// <summary>The review that was open, as it stood then, and what had been rejected.</summary>
    private static async Task<(ReviewRecord? Review, OpenReview? Open, ImmutableArray<PastRejection> Rejections)> Reviews(
        NpgsqlConnection connection, string id, DateTimeOffset at, CancellationToken cancel)
    {
        var reviews = await connection.Rows(
            "past_reviews", row => (Review: ReviewRecord.Read(row), RuleId: row.GetInt32(row.FieldCount - 1)), cancel, id, at,
            at - Past.SilentFor);
        ImmutableArray<PastRejection> rejections =
        [
            .. reviews.Where(one => one.Review.DecidedAt <= at).OrderBy(one => one.Review.DecidedAt)
                .Select(one => new PastRejection(one.Review.From, one.Review.To, one.Review.DecidedAt!.Value)),
        ];
        if (reviews.FindLast(one => one.Review.DecidedAt is not { } decided || decided > at) is not ({ } review, var ruleId))
            return (null, null, rejections);
        var open = new OpenReview
        {
            Id = review.Id, From = review.From, To = review.To, RuleId = ruleId, Rule = review.Rule, Confidence = review.Confidence,
            Reasons = [.. review.Reasons], OpenedAt = review.OpenedAt, DecisionNumber = review.DecisionNumber,
            Alerts = Past.AlertsOf(review.OpenedAt, at),
        };
        foreach (var (number, record) in await connection.Rows(
            "past_review_record", row => (row.GetInt32(0), row.GetString(1)), cancel, id, review.OpenedAt, at))
            open = DecisionRecord.ReviewOf(record, open) with { DecisionNumber = number };
        review = review with
        {
            // When it was written is not known: of a review that was decided since, most likely then.
            Note = review.DecidedAt is null ? review.Note : null,
            Alerts = open.Alerts,
            Status = ReviewStatuses.Name(ReviewStatus.Open), DecidedAt = null, DecidedBy = null, CloseReason = null, TransitionId = null,
            Rule = open.Rule, To = open.To, Confidence = open.Confidence, Reasons = [.. open.Reasons], DecisionNumber = open.DecisionNumber,
        };
        return (review, open, rejections);
    }
}
