using LStep.Api.Auth;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.People;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace LStep.Api;

/// <summary>Customers: the list, one as of now, and what the rules say of one.</summary>
public static class CustomersApi
{
    private const int RecentTransitions = 10;
    private const string List = "customers";
    private static readonly string[] TierNames = [.. Enum.GetValues<Tier>().Select(tier => Tiers.Name(tier)!)];
    private static readonly string[] Risks =
        [.. Indicators.All.Select(one => Indicators.Name(one)), .. Enum.GetValues<Severity>().Select(severity => Indicators.Name(severity))];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/customers", Page).Tagged("Customers")
            .Told("List customers", "In the order of ids. Filters: tag, tier, risk (an indicator, or a severity), q (part of id, email or name).")
            .Takes("tag", "tier", "risk", "q", "cursor", "limit").Answers<Page<CustomerRow>>(200, 400, 401);

        api.MapGet("/customers/{id}", Snapshot).Tagged("Customers")
            .Told("A customer as of now", "Profile, tag, scores, every metric, indicators, latest transitions and the open review. Ids are URL-encoded, slashes too.")
            .Answers<Customer>(200, 401, 404);

        api.MapGet("/customers/{id}/evaluation", Explain).Tagged("Customers")
            .Told("Explain now", "What every rule says of the customer and why, and what would change the tag. Changes nothing.")
            .Answers<Evaluation>(200, 401, 404);

        api.MapPost("/customers/{id}/evaluation", Evaluate).Needs(Role.Success).Tagged("Customers")
            .Told("Evaluate now", "Decides as an activity would, and explains what it found.")
            .Answers<Evaluation>(200, 401, 403, 404, 503);
    }

    private static async Task<IResult> Page(HttpContext http, CustomerReads reads, RulebookSource rulebook, TimeProvider clock)
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
        for (var scanned = 0; scanned < StorageLimits.CustomersScannedPerPageMax; scanned += QueryReader.LimitMax)
        {
            var rows = await reads.Page(after, filter, (risk is null ? limit : QueryReader.LimitMax) + 1, http.RequestAborted);
            foreach (var customer in rows)
            {
                if (found.Count == limit) return Results.Ok(new Page<CustomerRow>(found, Cursor.Of(List, after)));
                after = customer.Id;
                if (!customer.IsReadable) continue; // GET /api/rejected names it; the others are listed
                if (risk is null || Has(Measures.Of(customer.State, book.Calendar, now).Raised, risk))
                    found.Add(CustomerRow.Of(Views.Of(customer.State, book.Calendar, now, NextCheck.OrMidnight(customer.State, book, now))));
            }
            if (risk is null || rows.Count <= QueryReader.LimitMax) return Results.Ok(new Page<CustomerRow>(found, null));
        }
        return Results.Ok(new Page<CustomerRow>(found, Cursor.Of(List, after)));
    }

    private static bool Has(RiskIndicators raised, string risk) =>
        Indicators.All.Any(one => raised.HasFlag(one) && (Indicators.Name(one) == risk || Indicators.Name(Indicators.SeverityOf(one)) == risk));

    private static async Task<IResult> Snapshot(string id, IGrainFactory grains, CustomerReads reads, HttpContext http)
    {
        if (await grains.GetGrain<ICustomerGrain>(id).View() is not { } view) return Problems.NotFound("customer");
        var recent = reads.Ledger(id, RecentTransitions, http.RequestAborted);
        var review = await reads.OpenReview(id, http.RequestAborted);
        return Results.Ok(Customer.Of(view, (await recent).ConvertAll(TransitionRow.Of), review is null ? null : ReviewRow.Of(review)));
    }

    private static async Task<IResult> Explain(string id, IGrainFactory grains) =>
        await grains.GetGrain<ICustomerGrain>(id).Explain() is { } view ? Results.Ok(Evaluation.Of(view)) : Problems.NotFound("customer");

    private static async Task<IResult> Evaluate(string id, IGrainFactory grains) =>
        await grains.GetGrain<ICustomerGrain>(id).Evaluate(null) is { } view ? Results.Ok(Evaluation.Of(view)) : Problems.NotFound("customer");
}
