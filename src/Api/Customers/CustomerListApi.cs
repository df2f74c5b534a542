using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using LStep.Grains.Time.Figures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Customers;

/// <param name="Next">Opaque; null at the end.</param>
/// <param name="Total">How many customers fit, exact up to 10,000.</param>
/// <param name="TotalIsAtLeast">There are more than total says.</param>
/// <param name="Behind">The latest changes are still being taken in: ask again in a moment for those who are missing.</param>
public sealed record CustomerPage(IReadOnlyList<CustomerRow> Items, string? Next, long Total, bool TotalIsAtLeast, bool Behind);

/// <summary>The list of customers.</summary>
public static class CustomerListApi
{
    private const string List = "customers";
    private const string Rising = "asc", Falling = "desc";
    internal static readonly string[] TierNames = [.. Enum.GetValues<Tier>().Select(tier => Tiers.Name(tier)!)];
    internal static readonly string[] Risks =
    [
        .. Indicators.All.Select(one => Indicators.Name(one)),
        .. Enum.GetValues<Severity>().Select(severity => Indicators.Name(severity)),
    ];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/customers", Page).WithName("listCustomers").WithTags("Customers")
            .WithSummary("List customers")
            .WithDescription(
                "Filters: tag, tier, risk (an indicator, or a severity), q (part of id, email or name), behavior (a behaviour tag), owner "
                + "(the trait of that name, as text), minLtv and maxLtv, minChurn and maxChurn (the probability, 0 to 1), and business "
                + "days, both included, of the enrolment and of the last activity. All that are given have to hold. Sorted by id, or by "
                + "name, tagSince, overall, ltv, lastActivity, churn or risk (the number of indicators); of equal ones the ids decide, "
                + "and who has no value comes before those who have. total is exact up to 10,000; of more totalIsAtLeast is true. "
                + "A page may be short without being the last.")
            .WithMetadata(
                QueryParameter.Tag("tag"), QueryParameter.OneOf("tier", TierNames), QueryParameter.OneOf("risk", Risks),
                QueryParameter.Text("q"), QueryParameter.OneOf("behavior", BehaviorTags.All), QueryParameter.Text("owner"),
                QueryParameter.Decimal("minLtv"), QueryParameter.Decimal("maxLtv"), QueryParameter.Decimal("minChurn"),
                QueryParameter.Decimal("maxChurn"), QueryParameter.OpenDay("enrolledFrom"),
                QueryParameter.OpenDay("enrolledTo"), QueryParameter.OpenDay("activeFrom"), QueryParameter.OpenDay("activeTo"),
                QueryParameter.OneOf("sort", CustomerOrder.All), QueryParameter.OneOf("order", [Rising, Falling]),
                QueryParameter.Cursor, QueryParameter.Limit());

    private static async Task<Results<Ok<CustomerPage>, BadRequestProblem>> Page(
        HttpContext http, CustomerReads reads, FigureRows figures, RulebookSource rulebook, TimeProvider clock)
    {
        var query = new QueryReader(http);
        var filter = FilterOf(query);
        var order = new CustomerOrder(
            query.OneOf("sort", CustomerOrder.All) ?? CustomerOrder.Id, query.OneOf("order", [Rising, Falling]) == Falling);
        var isById = order == new CustomerOrder();
        var list = isById ? List : $"{List} by {order.By}{(order.Falls ? " falling" : "")}";
        var place = query.Cursor(list, isById ? 1 : 2) switch
        {
            null => null,
            [var id] => new CustomerPlace(id, id),
            var parts => new CustomerPlace(parts[0], parts[1]),
        };
        var limit = query.Limit();
        if (query.Refusal is { } refusal) return refusal;

        var (book, now) = (rulebook.Current, clock.Now());
        var isBehind = !await figures.UpToDate(book, now, http.RequestAborted);
        var sight = new Sight(reads, filter, order, book, now, limit, http.RequestAborted);
        var (found, last, total) = isById && filter.IsOfColumns ? await sight.OfColumns(place) : await sight.OfFigures(place);
        var next = last is null ? null : query.CursorOf(list, isById ? [last.Id] : [last.Key, last.Id]);
        return TypedResults.Ok(new CustomerPage(
            found, next, Math.Min(total, CustomerLimits.CustomersCountedMax), total > CustomerLimits.CustomersCountedMax, isBehind));
    }

    private static CustomerFilter FilterOf(QueryReader query)
    {
        var filter = new CustomerFilter(
            query.Tag("tag"), query.OneOf("tier", TierNames), query.Text("q"), query.OneOf("risk", Risks),
            query.OneOf("behavior", BehaviorTags.All), query.Text("owner"));
        var (minLtv, maxLtv) = query.Decimals("minLtv", "maxLtv");
        var (minChurn, maxChurn) = query.Decimals("minChurn", "maxChurn");
        var (enrolledFrom, enrolledTo) = query.OpenDays("enrolledFrom", "enrolledTo");
        var (activeFrom, activeTo) = query.OpenDays("activeFrom", "activeTo");
        return filter with
        {
            MinLtv = minLtv, MaxLtv = maxLtv, EnrolledFrom = enrolledFrom, EnrolledTo = enrolledTo, ActiveFrom = activeFrom,
            ActiveTo = activeTo, MinChurn = minChurn, MaxChurn = maxChurn,
        };
    }

    /// <summary>What one page is made of.</summary>
    private sealed record Sight(
        CustomerReads Reads, CustomerFilter Filter, CustomerOrder Order, Rulebook Book, DateTimeOffset Now, int Limit,
        CancellationToken Cancel)
    {
        /// <summary>A tag, a tier or nothing in the order of ids: the states' own columns tell, and the figures only how many.</summary>
        public async Task<(List<CustomerRow> Found, CustomerPlace? Last, long Total)> OfColumns(CustomerPlace? after)
        {
            var counting = Reads.Fitting(Filter, Order, null, 0, null, Book.Calendar, Cancel);
            var rows = await Reads.Page(after?.Id ?? "", Filter, Limit + 1, Cancel);
            var total = (await counting).Total;
            // A page ends where its customers' bytes pass a bound; the cursor then leads on from its last one.
            var mayGoOn = rows.Count > Limit || StoredCustomer.Fill(rows, CustomerLimits.BytesPerListPageMax);
            var shown = rows.Take(Limit).ToList();
            // GET /api/rejected names those that cannot be read; the others are listed.
            var found = shown.Where(customer => customer.IsReadable).Select(RowOf).ToList();
            return (found, mayGoOn ? new CustomerPlace(shown[^1].Id, shown[^1].Id) : null, total);
        }

        /// <summary>
        /// The figures choose, the states decide: who has changed meanwhile is left out, and the page filled up with those who come next,
        /// a few times.
        /// </summary>
        public async Task<(List<CustomerRow> Found, CustomerPlace? Last, long Total)> OfFigures(CustomerPlace? after)
        {
            var found = new List<CustomerRow>();
            long? total = null;
            for (var look = 0; look < CustomerLimits.LooksPerListPageMax; look++)
            {
                var most = Math.Max(Limit - found.Count, CustomerLimits.CustomersPerLookMin);
                var fitting = await Reads.Fitting(Filter, Order, after, most + 1, total, Book.Calendar, Cancel);
                total = fitting.Total;
                var asked = fitting.Places.Take(most).ToList();
                var listed = await Reads.Listed(asked.Select(one => one.Id), Filter, Cancel);
                // Where their bytes pass a bound the others come with the next page.
                var isCut = StoredCustomer.Fill(listed.Select(one => one.Customer), CustomerLimits.BytesPerListPageMax);
                var isLast = !isCut && fitting.Places.Count <= most;
                foreach (var (customer, at) in listed)
                {
                    after = asked[at];
                    if (customer.IsReadable && Filter.Fits(customer.State, Book, Now)) found.Add(RowOf(customer));
                    if (found.Count == Limit)
                        return (found, isLast && customer == listed[^1].Customer ? null : after, fitting.Total);
                }
                if (isLast) return (found, null, fitting.Total);
                if (isCut) break;
                after = asked[^1];
            }
            return (found, after, total ?? 0);
        }

        private CustomerRow RowOf(StoredCustomer customer) => CustomerRow.Of(
            Views.Of(customer.State, Book.Calendar, Now, NextCheck.OrMidnight(customer.State, Book, Now), Book.Model));
    }
}
