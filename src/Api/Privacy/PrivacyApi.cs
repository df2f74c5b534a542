using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.People;
using LStep.Grains.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api.Privacy;

/// <summary>What the law gives a person: a copy of everything, and the end of it.</summary>
public static class PrivacyApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers/{id}/export", Export).RequireAuthorization(Policies.Admin).WithName("exportCustomer").WithTags("Customers")
            .WithSummary("Everything about a customer")
            .WithDescription("All rows of every table, streamed as one JSON object. The audit log says who asked.")
            .WithMetadata(new Streamed());

        api.MapDelete("/customers/{id}", Erase).RequireAuthorization(Policies.Admin).WithName("eraseCustomer").WithTags("Customers")
            .WithSummary("Erase a customer")
            .WithDescription(
                "Removes the person from every table, and answers what was removed and kept, without the person. Rows that totals and "
                    + "cursors "
                + "need stay under a random id, emptied. What comes for the person later is refused as erased.");
    }

    private static async Task<Results<ExportOfCustomer, NotFoundProblem>> Export(
        string id, CustomerReads customers, Exporting exporting, TimeProvider clock, HttpContext http) =>
        await customers.Exists(id, http.RequestAborted) || await exporting.Knows(id, http.RequestAborted)
            ? new ExportOfCustomer(exporting, id, http.Caller().Key.Person, clock.Now())
            : new NotFoundProblem("customer");

    private static async Task<Results<Ok<ErasureReceipt>, NotFoundProblem>> Erase(
        string id, IGrainFactory grains, Erasing erasing, TimeProvider clock, HttpContext http)
    {
        var by = http.Caller().Key.Person;
        return await Erased(id, by, grains, erasing, clock) is { } receipt ? TypedResults.Ok(receipt) : new NotFoundProblem("customer");
    }

    /// <summary>In the customer's own turn; one whose row cannot be read has none, and is erased all the same.</summary>
    private static async Task<ErasureReceipt?> Erased(string id, Person by, IGrainFactory grains, Erasing erasing, TimeProvider clock)
    {
        try
        {
            return await grains.GetGrain<ICustomerGrain>(id).Erase(by);
        }
        catch (UnreadableCustomerException)
        {
            return await erasing.Erase(id, by, clock.Now());
        }
    }
}
