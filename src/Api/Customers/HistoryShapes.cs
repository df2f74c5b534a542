using LStep.Api.Http;
using LStep.Api.Reviews;
using LStep.Api.Transitions;
using LStep.Domain.Campaigning;
using LStep.Grains.Customers;

namespace LStep.Api.Customers;

public sealed record ActivityRow(
    string MessageId, string Type, string Event, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, RawJson Properties);

/// <summary>Something that a campaign had to do, when it was done.</summary>
/// <param name="Step">1 for the first message of a sequence.</param>
/// <param name="TransitionId">Null for one that follows from a review.</param>
public sealed record SentActionRow(long Id, string Campaign, int Step, string Channel, long? TransitionId, DateTimeOffset SentAt);

/// <param name="Kind">activity, transition, note, action, review_opened or review_closed; the field of that name is set, review for the
/// last two.</param>
public sealed record TimelineItem(DateTimeOffset At, string Kind, ActivityRow? Activity, TransitionRow? Transition, ReviewRow? Review,
    Note? Note, SentActionRow? Action)
{
    public static TimelineItem Of(TimelineEntry entry) => new(
        entry.Place.At,
        SnakeCase.Of(entry.Place.Kind),
        entry.Activity is { } done
            ? new ActivityRow(
                done.MessageId, SnakeCase.Of(done.Type), done.Event, done.OccurredAt, done.ReceivedAt, new RawJson(done.Properties))
            : null,
        entry.Transition is { } moved ? TransitionRow.Of(moved) : null,
        entry.Review is { } review ? ReviewRow.Of(review) : null,
        entry.Note is { } note ? Customers.Note.Of(note) : null,
        entry.Action is { } sent
            ? new SentActionRow(sent.Id, sent.Campaign, sent.Step, sent.Channel.Name(), sent.TransitionId, sent.SentAt) : null);
}

public sealed record Decision(string CustomerId, int Number, DateTimeOffset At, RawJson Record);
