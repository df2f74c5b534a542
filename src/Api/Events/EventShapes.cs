using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Grains.Events;

namespace LStep.Api.Events;

/// <summary>Who said what a name means.</summary>
public enum DecidedBy : byte { Table, Rule, Unknown, Operator }

/// <summary>A known name that an unknown one may have meant.</summary>
public sealed record Suggestion(string Name, string Activity);

/// <param name="Name">The spelling first seen.</param>
/// <param name="Activity">Of the contract's table, other, or no_activity for what is kept and counts as nothing.</param>
/// <param name="DecidedBy">table, rule (by the name's first words), unknown (counts as other) or operator.</param>
/// <param name="Suggestion">Null unless the name is unknown and close to a known one.</param>
/// <param name="ChangedAt">Null while no operator changed anything; ChangedBy likewise.</param>
public sealed record EventEntry(
    string Name, long Count, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt, string Activity, bool LearnerActivity,
    string DecidedBy, Suggestion? Suggestion, DateTimeOffset? ChangedAt, string? ChangedBy)
{
    public static EventEntry Of(EventRow row)
    {
        var (type, by) = Meaning(row);
        return new EventEntry(
            row.Name, row.Count, row.FirstSeenAt, row.LastSeenAt, SnakeCase.Of(type), type.IsLearnerActivity(), SnakeCase.Of(by),
            by == Events.DecidedBy.Unknown ? Suggestions.For(row.Name) : null, row.ChangedAt, row.ChangedBy);
    }

    private static (ActivityType Type, DecidedBy By) Meaning(EventRow row)
    {
        if (row.Activity is { } decided) return (decided, Events.DecidedBy.Operator);
        Span<char> buffer = stackalloc char[EventLimits.NameCharsMax];
        EventNames.Key(row.Name, buffer, out var known);
        return known is null ? (ActivityType.Other, Events.DecidedBy.Unknown)
            : (known.Meaning.Type, known.ByTable ? Events.DecidedBy.Table : Events.DecidedBy.Rule);
    }
}

/// <summary>Events whose names found no room in the catalogue.</summary>
public sealed record OtherEvents(long Count, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);

/// <param name="Next">Opaque; null at the end.</param>
/// <param name="Others">Null while every name found room.</param>
public sealed record EventPage(IReadOnlyList<EventEntry> Items, string? Next, OtherEvents? Others);

/// <param name="Activity">What the name means from now on: an activity of the table, other, or no_activity.</param>
/// <param name="LearnerActivity">Alone: false takes the name out, true makes it a learner activity of no kind.</param>
public sealed record EventDecision(string? Activity = null, bool? LearnerActivity = null);
