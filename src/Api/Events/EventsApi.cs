using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Ingest;
using LStep.Grains.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Events;

using Decided = Results<Ok<EventEntry>, NotFoundProblem, UnprocessableProblem>;

/// <summary>The event catalogue: which names of track events come, what they are taken for, and an operator's word about it.</summary>
public static class EventsApi
{
    private const string List = "events";
    private static readonly string[] Shows = ["all", "unknown", "suggested", "changed"];

    /// <summary>What a name may be mapped to.</summary>
    public static string[] ActivityNames { get; } = [.. EventTable.Types.Select(SnakeCase.Of)];

    public static string[] DecidedByNames { get; } = [.. Enum.GetValues<DecidedBy>().Select(SnakeCase.Of)];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/events", Page).WithName("listEvents").WithTags("Events")
            .WithSummary("Event catalogue")
            .WithDescription(
                "Every name of a track event that was accepted, the most frequent first: how often it came, what it counts as and who says "
                + "so. An unknown name that is close to a known one comes with a suggestion.")
            .WithMetadata(
                QueryParameter.Text("q"), QueryParameter.OneOf("show", Shows), QueryParameter.Cursor, QueryParameter.Limit());
        api.MapPut("/events/{name}", Decide).WithName("decideEvent").WithTags("Events").RequireAuthorization(Policies.Admin)
            .WithSummary("Map an event's name, or take it out")
            .WithDescription(
                "Any spelling of a name that was seen. Counts for events that are received from then on, on every silo within 5 s; "
                + "what is in the log stays what it became.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status422UnprocessableEntity, "bad_activity", "contradiction"));
        api.MapDelete("/events/{name}", Forget).WithName("undecideEvent").WithTags("Events").RequireAuthorization(Policies.Admin)
            .WithSummary("Take a decision about a name back").WithDescription("The name is read by the table and its first words again.");
    }

    private static async Task<Results<Ok<EventPage>, BadRequestProblem>> Page(HttpContext http, EventCatalogue catalogue)
    {
        var query = new QueryReader(http);
        var (wanted, show) = (query.Text("q"), query.OneOf("show", Shows));
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await catalogue.All(http.RequestAborted);
        var others = rows.Find(row => row.Key == EventCounts.Others);
        var part = wanted is null ? "" : EventNames.Key(wanted);
        // Between two pages counts may grow: a name may then come twice, or not at all.
        var found = rows.Where(row => row.Key != EventCounts.Others && row.Key.Contains(part, StringComparison.Ordinal))
            .OrderByDescending(row => row.Count).ThenBy(row => row.Key, StringComparer.Ordinal)
            .Where(row => place is null || IsBehind(row, long.Parse(place[0]), place[1]))
            .Select(row => (Row: row, Entry: EventEntry.Of(row))).Where(one => IsShown(one.Entry, show)).Take(limit + 1).ToList();
        var page = Cursors.Page(found, limit, one => one.Entry, last => query.CursorOf(List, last.Row.Count.ToString(), last.Row.Key));
        return TypedResults.Ok(new EventPage(
            page.Items, page.Next, others is null ? null : new OtherEvents(others.Count, others.FirstSeenAt, others.LastSeenAt)));
    }

    private static async Task<Decided> Decide(string name, EventDecision decision, HttpContext http, EventCatalogue catalogue)
    {
        if (Read(decision, out var refusal) is not { } activity) return refusal!;
        return await Store(name, activity, http, catalogue);
    }

    private static Task<Decided> Forget(string name, HttpContext http, EventCatalogue catalogue) => Store(name, null, http, catalogue);

    private static async Task<Decided> Store(string name, ActivityType? activity, HttpContext http, EventCatalogue catalogue)
    {
        return await catalogue.Decide(EventNames.Key(name), activity, http.Caller().Key.Person, http.RequestAborted) is { } row
            ? TypedResults.Ok(EventEntry.Of(row)) : new NotFoundProblem("event");
    }

    private static ActivityType? Read(EventDecision decision, out UnprocessableProblem? refusal)
    {
        refusal = null;
        var type = decision.Activity is { } activity
            ? EventTable.Types.Cast<ActivityType?>().FirstOrDefault(one => SnakeCase.Of(one!.Value) == activity)
            : decision.LearnerActivity switch { true => ActivityType.Other, false => ActivityType.NoActivity, null => null };
        if (type is null)
            refusal = new UnprocessableProblem(new InputError(
                "activity", "bad_activity", $"activity is one of {string.Join(", ", ActivityNames)}."));
        else if (decision.LearnerActivity is { } learner && learner != type.Value.IsLearnerActivity())
            refusal = new UnprocessableProblem(new InputError(
                "learnerActivity", "contradiction", $"{decision.Activity} is {(learner ? "no" : "a")} learner activity."));
        return refusal is null ? type : null;
    }

    private static bool IsBehind(EventRow row, long count, string key) =>
        row.Count < count || (row.Count == count && string.CompareOrdinal(row.Key, key) > 0);

    private static bool IsShown(EventEntry entry, string? show) => show switch
    {
        "unknown" => entry.DecidedBy == SnakeCase.Of(DecidedBy.Unknown),
        "suggested" => entry.Suggestion is not null,
        "changed" => entry.DecidedBy == SnakeCase.Of(DecidedBy.Operator),
        _ => true,
    };
}
