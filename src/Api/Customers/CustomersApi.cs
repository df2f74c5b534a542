using LStep.Api.Http;
using LStep.Api.Reviews;
using LStep.Api.Transitions;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Reviews;
using LStep.Grains.Rules;
using LStep.Grains.Transitions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api.Customers;

/// <summary>Customers: the list, and one as of now.</summary>
public static class CustomersApi
{
    private const int RecentTransitions = 10;
    private const string List = "customers";
    internal static readonly string[] TierNames = [.. Enum.GetValues<Tier>().Select(tier => Tiers.Name(tier)!)];
    private static readonly string[] Risks =
    [
        .. Indicators.All.Select(one => Indicators.Name(one)),
        .. Enum.GetValues<Severity>().Select(severity => Indicators.Name(severity)),
    ];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers", Page).WithName("listCustomers").WithTags("Customers")
            .WithSummary("List customers")
            .WithDescription("In the order of ids. Filters: tag, tier, risk (an indicator, or a severity), q (part of id, email or name).")
            .WithMetadata(
                QueryParameter.Tag("tag"), QueryParameter.OneOf("tier", TierNames), QueryParameter.OneOf("risk", Risks),
                QueryParameter.Text("q"), QueryParameter.Cursor, QueryParameter.Limit());

        api.MapGet("/customers/{id}", Snapshot).WithName("getCustomer").WithTags("Customers")
            .WithSummary("A customer as of now, or as it was known at a past instant")
            .WithDescription(
                "Profile, tag, scores, every metric, indicators, latest transitions and the open review. "
                + "Ids are URL-encoded, slashes too. With at, what was known then: activities by their receipt, the rules of then.")
            .WithMetadata(PastInstant.Parameter);
    }

    private static async Task<Results<Ok<Page<CustomerRow>>, BadRequestProblem>> Page(
        HttpContext http, CustomerReads reads, RulebookSource rulebook, TimeProvider clock)
    {
        var query = new QueryReader(http);
        var filter = new CustomerFilter(query.Tag("tag"), query.OneOf("tier", TierNames), query.Text("q"));
        var risk = query.OneOf("risk", Risks);
        var after = query.Cursor(List, 1)?[0] ?? "";
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var book = rulebook.Current;
        var now = clock.Now();
        var found = new List<CustomerRow>();
        // An indicator is no column: it is computed as of now. So pages are read until enough customers have it, or until a bound
        // of work is reached; then the cursor goes on from there, and a page may be short without being the last.
        for (var scanned = 0; scanned < CustomerLimits.CustomersScannedPerPageMax; scanned += QueryReader.LimitMax)
        {
            var most = (risk is null ? limit : QueryReader.LimitMax) + 1;
            var rows = await reads.Page(after, filter, most, scans: risk is not null, http.RequestAborted);
            // A page ends where its customers' bytes pass a bound; the cursor then leads on from its last one.
            var mayGoOn = rows.Count == most || StoredCustomer.Fill(rows, CustomerLimits.BytesPerListPageMax);
            foreach (var customer in rows)
            {
                if (found.Count == limit) return TypedResults.Ok(new Page<CustomerRow>(found, query.CursorOf(List, after)));
                after = customer.Id;
                if (!customer.IsReadable) continue; // GET /api/rejected names it; the others are listed
                if (risk is null || Has(Measures.Of(customer.State, book.Calendar, now).Raised, risk))
                    found.Add(CustomerRow.Of(
                        Views.Of(customer.State, book.Calendar, now, NextCheck.OrMidnight(customer.State, book, now))));
            }
            if (risk is null || !mayGoOn)
                return TypedResults.Ok(new Page<CustomerRow>(found, mayGoOn ? query.CursorOf(List, after) : null));
        }
        return TypedResults.Ok(new Page<CustomerRow>(found, query.CursorOf(List, after)));
    }

    private static bool Has(RiskIndicators raised, string risk) =>
        Indicators.All.Any(one =>
            raised.HasFlag(one) && (Indicators.Name(one) == risk || Indicators.Name(Indicators.SeverityOf(one)) == risk));

    private static async Task<Results<Ok<Customer>, NotFoundProblem, UnprocessableProblem>> Snapshot(
        string id, IGrainFactory grains, LedgerReads ledger, ReviewReads reviews, PastCustomers past, TimeProvider clock, HttpContext http)
    {
        if (PastInstant.IsGiven(http))
        {
            if (PastInstant.Read(http, clock.Now(), out var at) is { } refusal) return refusal;
            if (await past.At(id, at, RecentTransitions, http.RequestAborted) is not { } then) return new NotFoundProblem("customer");
            return TypedResults.Ok(Answer(then.View(), then.Recent, then.Review));
        }
        return await Find(id, grains, ledger, reviews, http.RequestAborted) is { } customer
            ? TypedResults.Ok(customer)
            : new NotFoundProblem("customer");
    }

    internal static async Task<Customer?> Find(
        string id, IGrainFactory grains, LedgerReads ledger, ReviewReads reviews, CancellationToken cancel)
    {
        if (await grains.GetGrain<ICustomerGrain>(id).View() is not { } view) return null;
        var recent = ledger.OfCustomer(id, RecentTransitions, cancel);
        var review = await reviews.OpenOf(id, cancel);
        return Answer(view, await recent, review);
    }

    private static Customer Answer(CustomerView view, IReadOnlyList<LedgerRow> recent, ReviewRecord? review) =>
        Customer.Of(view, [.. recent.Select(TransitionRow.Of)], review is null ? null : ReviewRow.Of(review));
}
