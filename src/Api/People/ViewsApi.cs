using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.People;

/// <param name="Name">If given, that of the address.</param>
/// <param name="Filter">The query string of the page, at most 2,000 characters.</param>
/// <param name="Columns">At most 50 names of at most 64 characters.</param>
/// <param name="Shared">Everybody sees it.</param>
public sealed record NewView(
    string? Name = null, string? Filter = null, IReadOnlyList<string?>? Columns = null, bool Shared = false);

/// <param name="Owner">What the person who saved it is called.</param>
/// <param name="Own">The caller saved it.</param>
/// <param name="Filter">The query string of the page.</param>
public sealed record SavedViewRow(
    string Name, string Owner, bool Own, string Filter, IReadOnlyList<string> Columns, bool Shared, DateTimeOffset SavedAt)
{
    public static SavedViewRow Of(SavedView view) =>
        new(view.Name, view.Owner, view.IsOwn, view.Filter, view.Columns, view.IsShared, view.SavedAt);
}

/// <summary>Filters and columns that people keep under a name.</summary>
public static class ViewsApi
{
    private const int NameCharsMax = 100;
    private const int FilterCharsMax = 2_000;
    private const int ColumnsMax = 50;
    private const int ColumnCharsMax = 64;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/views", All).WithName("listViews").WithTags("Views")
            .WithSummary("Saved views").WithDescription("The caller's own and those that others share, by name.");

        api.MapGet("/views/{name}", One).WithName("getView").WithTags("Views")
            .WithSummary("A saved view").WithDescription("The caller's own of that name, else the one that somebody shares.");

        api.MapPut("/views/{name}", Save).RequireAuthorization(Policies.Viewer).WithName("saveView").WithTags("Views")
            .WithSummary("Save a view")
            .WithDescription(
                $"In place of the caller's own of that name. Of a person at most {SavedViews.PerPersonMax} are kept, and at most "
                + $"{SavedViews.SharedMax} are shared. A name can be shared once. The audit log has what is shared.")
            .WithMetadata(new ProblemResponse(
                StatusCodes.Status422UnprocessableEntity, "required", "too_long", "bad_character", "too_many", "name_differs",
                "name_taken"));

        api.MapDelete("/views/{name}", Delete).RequireAuthorization(Policies.Viewer).WithName("deleteView").WithTags("Views")
            .WithSummary("Delete a saved view").WithDescription("The caller's own; an admin deletes what others share, too.");
    }

    private static async Task<Ok<Page<SavedViewRow>>> All(SavedViews views, HttpContext http) => TypedResults.Ok(new Page<SavedViewRow>(
        [.. (await views.SeenBy(http.Caller().Key, http.RequestAborted)).Select(SavedViewRow.Of)], null));

    private static async Task<Results<Ok<SavedViewRow>, NotFoundProblem>> One(string name, SavedViews views, HttpContext http) =>
        CanBe(name) && await views.Seen(http.Caller().Key, name, http.RequestAborted) is { } view
            ? TypedResults.Ok(SavedViewRow.Of(view)) : new NotFoundProblem("view");

    private static async Task<Results<Ok<SavedViewRow>, UnprocessableProblem>> Save(
        string name, NewView body, SavedViews views, HttpContext http)
    {
        string?[] columns = [.. body.Columns ?? []];
        InputError?[] wrong =
        [
            TextField.WhyNot("$.name", name, NameCharsMax, required: true),
            body.Name is not null && body.Name != name ? new InputError("$.name", "name_differs", "The address names another view.") : null,
            TextField.WhyNot("$.filter", body.Filter, FilterCharsMax),
            columns.Length > ColumnsMax ? new InputError("$.columns", "too_many", $"A view has at most {ColumnsMax} columns.") : null,
            .. columns.Take(ColumnsMax).Select(
                (column, at) => TextField.WhyNot($"$.columns[{at}]", column, ColumnCharsMax, required: true)),
        ];
        if (wrong.OfType<InputError>().ToArray() is { Length: > 0 } errors) return new UnprocessableProblem(errors);

        var (saved, refusal) = await views.Save(
            http.Caller().Key, name, body.Filter ?? "", [.. columns.OfType<string>()], body.Shared, http.RequestAborted);
        return refusal switch
        {
            null => TypedResults.Ok(SavedViewRow.Of(saved!)),
            ViewRefusal.NameTaken => new UnprocessableProblem(
                new InputError("$.shared", "name_taken", "Somebody else shares a view of that name.")),
            ViewRefusal.TooManyShared => new UnprocessableProblem(
                new InputError("$.shared", "too_many", $"{SavedViews.SharedMax} views are shared already.")),
            _ => new UnprocessableProblem(new InputError(
                "$.name", "too_many", $"You have {SavedViews.PerPersonMax} views already.")),
        };
    }

    private static async Task<Results<NoContent, NotFoundProblem>> Delete(string name, SavedViews views, HttpContext http) =>
        CanBe(name) && await views.Delete(http.Caller().Key, name, http.RequestAborted)
            ? TypedResults.NoContent() : new NotFoundProblem("view");

    private static bool CanBe(string name) => TextField.WhyNot("$.name", name, NameCharsMax) is null;
}
