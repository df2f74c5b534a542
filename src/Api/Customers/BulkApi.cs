using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Grains;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using LStep.Grains.Time;
using LStep.Grains.Time.Figures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Api.Customers;

/// <summary>What people do to some customers at once.</summary>
public static class BulkApi
{
    private const int AtOnce = 16;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/customers/bulk", Bulk).RequireAuthorization(Policies.Success).WithName("changeCustomers").WithTags("Customers")
            .WithSummary("Evaluate some customers, or set their tag by hand")
            .WithDescription(
                $"At most {BulkAct.CustomersMax} customers, by their ids or by the filters of the list. Each for itself: one that is "
                + "refused does not hold up the others, and is named with a code. What is moved carries the batchId of the answer: "
                + "POST /api/undo takes it back as one.");

    private static async Task<Results<Ok<BulkOutcomes>, UnprocessableProblem>> Bulk(
        BulkAct body, CustomerReads reads, FigureRows figures, RulebookSource rulebook, Batches batches, Ids fresh, IGrainFactory grains,
        TimeProvider clock, ILoggerFactory logs, HttpContext http)
    {
        var now = clock.Now();
        if (body.WhyNot(now) is { Length: > 0 } wrong) return new UnprocessableProblem(wrong);
        if (body.Filter is not null) await figures.UpToDate(rulebook.Current, now, http.RequestAborted);
        var ids = body.Filter is { } filter
            ? await Fitting(filter.Read, reads, rulebook.Current, now, http.RequestAborted)
            : [.. body.Customers!.OfType<string>().Distinct(StringComparer.Ordinal)];
        if (ids is null) return new UnprocessableProblem(BulkAct.TooMany("$.filter"));
        if (ids.Count == 0) return TypedResults.Ok(new BulkOutcomes(null, []));

        var known = (await reads.Names([.. ids], http.RequestAborted)).Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var batch = fresh.Next("bulk").Replace('-', '_');
        var by = http.Caller().Key.Person;
        await batches.OpenBulk(
            by, batch, known.Count, new { body.Action, Customers = ids.Count, Tag = body.Tag?.Code(), body.LockedUntil }, body.Reason, now,
            http.RequestAborted);
        var items = new BulkOutcome?[ids.Count];
        try
        {
            var log = logs.CreateLogger("LStep.Api.Bulk");
            await Parallel.ForAsync(
                0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = http.RequestAborted },
                async (at, _) => items[at] = known.Contains(ids[at])
                    ? await One(grains.GetGrain<ICustomerGrain>(ids[at]), ids[at], body, batch, by, clock, log)
                    : BulkOutcome.Not(ids[at], "not_found"));
        }
        finally
        {
            // Also of a request that nobody waits for any more: the batch says what became of it.
            await batches.CloseBulk(
                batch, clock.Now(), ids.Count - known.Count, items.Count(one => one is { Code: null }),
                items.Count(one => one is { Code: not (null or "not_found") }),
                items.Count(one => one?.Outcome == BulkOutcome.ReviewOpened), CancellationToken.None);
        }
        return TypedResults.Ok(new BulkOutcomes(batch, [.. items.OfType<BulkOutcome>()]));
    }

    private static async Task<BulkOutcome> One(
        ICustomerGrain customer, string id, BulkAct body, string batch, Person by, TimeProvider clock, ILogger log)
    {
        try
        {
            if (body.Action == BulkAct.Evaluate)
            {
                var found = await customer.CatchUp(clock.Now(), batch, asked: true);
                return new(
                    id, found.Transitions > 0 ? BulkOutcome.Moved : found.Reviews > 0 ? BulkOutcome.ReviewOpened : BulkOutcome.Unchanged);
            }
            var acted = await customer.Act(new OverrideTag(by, body.Tag!.Value, body.Reason!, body.LockedUntil, batch));
            return acted.Refusal switch
            {
                ActRefusal.None => new(id, acted.Rows.IsEmpty ? BulkOutcome.Unchanged : BulkOutcome.Moved),
                ActRefusal.Unknown => BulkOutcome.Not(id, "not_found"),
                var refusal => BulkOutcome.Not(id, SnakeCase.Of(refusal)),
            };
        }
        catch (Exception trouble)
        {
            var problem = Problems.Translate(trouble, traceId: null);
            if (problem.Status == StatusCodes.Status500InternalServerError)
                log.LogError(trouble, "A bulk act on one customer failed, batch {Batch}", batch);
            return BulkOutcome.Not(id, problem.Code);
        }
    }

    /// <summary>Null when there are more than may be changed at once.</summary>
    private static async Task<List<string>?> Fitting(
        CustomerFilter filter, CustomerReads reads, Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var found = filter.IsOfColumns ? await OfColumns(filter, reads, cancel) : await OfFigures(filter, reads, book, now, cancel);
        return found?.Count > BulkAct.CustomersMax ? null : found;
    }

    /// <summary>A tag, a tier or nothing: the states' own columns tell.</summary>
    private static async Task<List<string>> OfColumns(CustomerFilter filter, CustomerReads reads, CancellationToken cancel)
    {
        var found = new List<string>();
        for (var after = ""; found.Count <= BulkAct.CustomersMax;)
        {
            var rows = await reads.Page(after, filter, BulkAct.CustomersMax + 1, cancel);
            found.AddRange(rows.Where(customer => customer.IsReadable).Select(customer => customer.Id));
            if (rows.Count <= BulkAct.CustomersMax && !StoredCustomer.Fill(rows, CustomerLimits.BytesPerListPageMax)) break;
            after = rows[^1].Id;
        }
        return found;
    }

    /// <summary>The figures choose, the states decide.</summary>
    private static async Task<List<string>?> OfFigures(
        CustomerFilter filter, CustomerReads reads, Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var places = (await reads.Fitting(
            filter, new CustomerOrder(), null, BulkAct.CustomersMax + 1, total: null, book.Calendar, cancel)).Places;
        if (places.Count > BulkAct.CustomersMax) return null;
        var found = new List<string>();
        for (var waiting = places.Select(place => place.Id).ToList(); waiting.Count > 0;)
        {
            var listed = await reads.Listed(waiting, filter, cancel);
            found.AddRange(listed.Select(one => one.Customer)
                .Where(customer => customer.IsReadable && filter.Fits(customer.State, book, now)).Select(customer => customer.Id));
            // Where their bytes pass a bound the others are read next.
            if (!StoredCustomer.Fill(listed.Select(one => one.Customer), CustomerLimits.BytesPerListPageMax)) break;
            waiting = waiting[(listed[^1].Place + 1)..];
        }
        return found;
    }
}
