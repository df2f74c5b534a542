using LStep.Api.Http;
using LStep.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Customers;

/// <summary>One customer as of now, or as it was known.</summary>
public static class CustomersApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id}", Snapshot).WithName("getCustomer").WithTags("Customers")
            .WithSummary("A customer as of now, or as it was known at a past instant")
            .WithDescription(
                "Profile, tag, scores, every metric, indicators, latest transitions and the open review. "
                + "Ids are URL-encoded, slashes too. With at, what was known then: activities by their receipt, the rules of then.")
            .WithMetadata(PastInstant.Parameter);
    }

    private static async Task<Results<Ok<Customer>, NotFoundProblem, UnprocessableProblem>> Snapshot(
        string id, CustomerAnswers customers, TimeProvider clock, HttpContext http)
    {
        if (!PastInstant.IsGiven(http)) return Found(await customers.Now(id, http.RequestAborted));
        return PastInstant.Read(http, clock.Now(), out var at) is { } refusal ? refusal
            : Found(await customers.At(id, at, http.RequestAborted));
    }

    private static Results<Ok<Customer>, NotFoundProblem, UnprocessableProblem> Found(Customer? customer) =>
        customer is null ? new NotFoundProblem("customer") : TypedResults.Ok(customer);
}
