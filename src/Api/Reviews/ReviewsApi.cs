using System.Globalization;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Grains.Reviews;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Reviews;

/// <summary>Recommendations that wait for a person, and those that did.</summary>
public static class ReviewsApi
{
    private const string List = "reviews";
    private static readonly string[] Statuses = [.. Enum.GetValues<ReviewStatus>().Select(ReviewStatuses.Name)];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/reviews", Page).WithName("listReviews").WithTags("Reviews")
            .WithSummary("List reviews").WithDescription("Newest first; of one status, one assignee and towards one tag, or all.")
            .WithMetadata(
                QueryParameter.OneOf("status", Statuses), QueryParameter.Text("assignee"), QueryParameter.Tag("to"), QueryParameter.Cursor,
                QueryParameter.Limit());

    private static async Task<Results<Ok<Page<ReviewRow>>, BadRequestProblem>> Page(HttpContext http, ReviewReads reads)
    {
        var query = new QueryReader(http);
        var filter = new ReviewFilter(query.OneOf("status", Statuses), query.Text("assignee"), query.Tag("to")?.Code());
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Reviews(
            filter, place is null ? null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture),
            place is null ? Guid.Empty : Guid.Parse(place[1]), limit + 1, http.RequestAborted);
        return TypedResults.Ok(Cursors.Page(
            rows, limit, ReviewRow.Of, last => query.CursorOf(List, last.OpenedAt.ToString("O"), last.Id.ToString())));
    }
}
