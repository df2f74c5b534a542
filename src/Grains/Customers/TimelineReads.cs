using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Reviews;
using LStep.Grains.Transitions;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>In the order in which things of one instant are told, the first last: a move comes after the review it closed.</summary>
public enum TimelineKind { Activity = 0, ReviewOpened = 1, ReviewClosed = 2, Transition = 3, Note = 4, Action = 5 }

/// <summary>A place of a timeline; entries before it are older.</summary>
public sealed record TimelinePlace(DateTimeOffset At, TimelineKind Kind, string Key);

public sealed record LoggedActivity(
    DateTimeOffset OccurredAt, string MessageId, DateTimeOffset ReceivedAt, ActivityType Type, string Event, string Properties);

/// <param name="Step">1 for the first message of a sequence.</param>
/// <param name="TransitionId">Null for one that follows from a review.</param>
public sealed record SentAction(
    long Id, string Campaign, int Step, Channel Channel, long? TransitionId, DateTimeOffset SentAt);

/// <summary>Of the last five the one that the kind names is set.</summary>
public sealed record TimelineEntry(
    TimelinePlace Place, LoggedActivity? Activity = null, LedgerRow? Transition = null, ReviewRecord? Review = null,
    CustomerNote? Note = null, SentAction? Action = null);

/// <summary>Everything that happened to a customer, newest first.</summary>
public sealed class TimelineReads(PostgresDatabase database)
{
    public Task<List<TimelineEntry>> Before(string customerId, TimelinePlace? place, int rowsMax, CancellationToken cancel) =>
        database.People.Use(async connection =>
    {
        Task<List<TimelineEntry>> Read(string query, Func<NpgsqlDataReader, TimelineEntry> read) => connection.Rows(
            query, read, cancel, customerId, Db.Instant(place?.At), (int)(place?.Kind ?? 0), place?.Key ?? "", rowsMax);

        List<TimelineEntry> all =
        [
            .. await Read("timeline_messages", OfAction),
            .. await Read("timeline_notes", row => OfNote(CustomerNote.Read(row))),
            .. await Read("timeline_transitions", row => OfTransition(LedgerRow.Read(row))),
            .. await Read("timeline_reviews_closed", row => OfReview(ReviewRecord.Read(row), TimelineKind.ReviewClosed)),
            .. await Read("timeline_reviews_opened", row => OfReview(ReviewRecord.Read(row), TimelineKind.ReviewOpened)),
            .. await Read("timeline_activities", OfActivity),
        ];
        // Each part came in its own order, which this sorting keeps where instant and kind are the same.
        return all.OrderByDescending(entry => entry.Place.At).ThenByDescending(entry => entry.Place.Kind).Take(rowsMax).ToList();
    }, cancel);

    private static TimelineEntry OfNote(CustomerNote note) =>
        new(new TimelinePlace(note.At, TimelineKind.Note, note.Id.ToString("D19")), Note: note);

    private static TimelineEntry OfTransition(LedgerRow row) =>
        new(new TimelinePlace(row.Transition.At, TimelineKind.Transition, row.Transition.Number.ToString("D10")), Transition: row);

    private static TimelineEntry OfReview(ReviewRecord review, TimelineKind kind) =>
        new(new TimelinePlace(
            kind == TimelineKind.ReviewOpened ? review.OpenedAt : review.DecidedAt!.Value, kind, review.Id.ToString()), Review: review);

    private static TimelineEntry OfAction(NpgsqlDataReader row)
    {
        var action = new SentAction(
            row.GetInt64(0), row.GetString(1), row.GetInt16(2), (Channel)row.GetInt16(3), row.LongOrNull(4), row.Instant(5));
        return new(new TimelinePlace(action.SentAt, TimelineKind.Action, action.Id.ToString("D19")), Action: action);
    }

    private static TimelineEntry OfActivity(NpgsqlDataReader row)
    {
        var activity = new LoggedActivity(
            row.Instant(0), row.GetString(1), row.Instant(2), (ActivityType)row.GetInt16(3), row.GetString(4), row.GetString(5));
        return new(new TimelinePlace(activity.OccurredAt, TimelineKind.Activity, activity.MessageId), Activity: activity);
    }
}
