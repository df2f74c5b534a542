using System.Globalization;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Grains.Reviews;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api;

/// <summary>Recommendations that wait for a person, and those that did.</summary>
public static class ReviewsApi
{
    private const string List = "reviews";
    private static readonly string[] Statuses = [.. Enum.GetValues<ReviewStatus>().Select(ReviewStatuses.Name)];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/reviews", Page).Tagged("Reviews")
            .Told("List reviews", "Newest first; of one status, or all.")
            .Takes("status", "cursor", "limit").Answers<Page<ReviewRow>>(200, 400, 401);

    private static async Task<IResult> Page(HttpContext http, ReviewReads reads)
    {
        var query = new QueryReader(http);
        var status = query.OneOf("status", Statuses);
        var place = query.Cursor(List, 2);
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var rows = await reads.Reviews(
            status, place is null ? null : DateTimeOffset.ParseExact(place[0], "O", CultureInfo.InvariantCulture),
            place is null ? Guid.Empty : Guid.Parse(place[1]), limit + 1, http.RequestAborted);
        return Results.Ok(Cursor.Page(rows, limit, ReviewRow.Of, last => Cursor.Of(List, last.OpenedAt.ToString("O"), last.Id.ToString())));
    }
}
