using LStep.Api.Http;
using LStep.Domain;
using LStep.Grains.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Customers;

/// <summary>At most <see cref="CustomerLimits.NamesPerRequestMax"/> ids.</summary>
public sealed record NamesRequest(IReadOnlyList<string?>? Ids = null);

/// <summary>Name is null where the customer has none.</summary>
public sealed record CustomerName(string Id, string? Name);

/// <summary>What a page calls the customers of which other answers give the ids only: one call for all of them.</summary>
public static class NamesApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/customers/names", Names).WithName("listCustomerNames").WithTags("Customers")
            .WithSummary("Names by id")
            .WithDescription(
                $"The names of at most {CustomerLimits.NamesPerRequestMax} customers. Ids that nobody has are left out. A POST because ids "
                + "can be addresses of people, which do not belong into logged URLs; it changes nothing.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status422UnprocessableEntity, "too_many"));

    private static async Task<Results<Ok<Page<CustomerName>>, UnprocessableProblem>> Names(
        NamesRequest body, CustomerReads reads, HttpContext http)
    {
        var asked = body.Ids ?? [];
        if (asked.Count > CustomerLimits.NamesPerRequestMax)
            return new UnprocessableProblem(
                new InputError("$.ids", "too_many", $"More than {CustomerLimits.NamesPerRequestMax} ids are given."));

        // What no customer's id can be is nobody's, and PostgreSQL would refuse the whole question for it.
        string[] ids = [.. asked.OfType<string>().Where(id => id.Length is > 0 and <= Limits.CustomerIdCharsMax && !id.Contains('\0'))];
        var names = await reads.Names(ids, http.RequestAborted);
        return TypedResults.Ok(new Page<CustomerName>([.. names.Select(one => new CustomerName(one.Id, one.Name))], null));
    }
}
