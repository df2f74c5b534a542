using LStep.Api.Analytics;
using LStep.Api.Http;
using LStep.Api.Reviews;
using LStep.Api.Transitions;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Campaigns;
using LStep.Grains.Customers;
using LStep.Grains.Reviews;
using LStep.Grains.Transitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api.Customers;

/// <summary>One customer as of now, or as it was known.</summary>
public static class CustomersApi
{
    private const int RecentTransitions = 10;
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
        string id, IGrainFactory grains, LedgerReads ledger, ReviewReads reviews, PastCustomers past, CampaignSource campaigns,
        TimeProvider clock, HttpContext http)
    {
        if (PastInstant.IsGiven(http))
        {
            if (PastInstant.Read(http, clock.Now(), out var at) is { } refusal) return refusal;
            if (await past.At(id, at, RecentTransitions, http.RequestAborted) is not { } then) return new NotFoundProblem("customer");
            return TypedResults.Ok(Answer(then.View(), then.Recent, then.Review, null));
        }
        return await Find(id, grains, ledger, reviews, campaigns, http.RequestAborted) is { } customer
            ? TypedResults.Ok(customer)
            : new NotFoundProblem("customer");
    }

    internal static async Task<Customer?> Find(
        string id, IGrainFactory grains, LedgerReads ledger, ReviewReads reviews, CampaignSource campaigns, CancellationToken cancel)
    {
        if (await grains.GetGrain<ICustomerGrain>(id).View() is not { } view) return null;
        var recent = ledger.OfCustomer(id, RecentTransitions, cancel);
        var review = await reviews.OpenOf(id, cancel);
        return Answer(view, await recent, review, PriorityActionRow.Of(campaigns.Current, view.ProductTag, view.Tag));
    }

    private static Customer Answer(CustomerView view, IReadOnlyList<LedgerRow> recent, ReviewRecord? review, PriorityActionRow? priority) =>
        Customer.Of(view, [.. recent.Select(TransitionRow.Of)], review is null ? null : ReviewRow.Of(review), priority);
}
