using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Analytics.Value;
using LStep.Grains.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Analytics;

/// <summary>What customers are worth, what campaigns bring in, and what they cost.</summary>
public static class ValueApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/analytics/value", Now).WithName("getCustomerValue").WithTags("Analytics").WithSummary("Customer value")
            .WithDescription(
                "What customers are expected to pay within 365 days, by status and tier; monthly revenue by status; payments after a "
                + "recovery; what campaigns brought in against their holdout, less their cost; tickets and NPS by status, beside the "
                + "health score; and what each person decided. from and to are business days, both included; the last 28 up to today "
                + "without them.")
            .WithRange();
        api.MapGet("/analytics/value/costs", Costs).WithName("getCampaignCosts").WithTags("Analytics").WithSummary("Costs of sends")
            .WithDescription("In the installation's currency. What is not named costs nothing.");
        api.MapPut("/analytics/value/costs", SetCosts).RequireAuthorization(Policies.Admin).WithName("setCampaignCosts")
            .WithTags("Analytics").WithSummary("Set the costs of sends")
            .WithDescription(
                "One send by each channel, and what a campaign gives away with each of its sends, such as a discount. All are set at once: "
                + "what is left out costs nothing again. The audit log says who set them.")
            .WithMetadata(new ProblemResponse(StatusCodes.Status422UnprocessableEntity, "bad_value"));
    }

    private static async Task<Results<Ok<CustomerValue>, UnprocessableProblem>> Now(
        ValueReads reads, RulebookSource rulebook, TimeProvider clock, HttpContext http)
    {
        var (range, wrong) = AnalyticsRange.Read(new QueryReader(http), rulebook, clock);
        if (wrong is not null) return wrong;
        return TypedResults.Ok(CustomerValue.Of(await reads.Of(range, http.RequestAborted)));
    }

    private static async Task<Ok<CostsOfSends>> Costs(CampaignCosts costs, HttpContext http) =>
        TypedResults.Ok(CostsOfSends.Of(await costs.Read(http.RequestAborted)));

    private static async Task<Results<Ok<CostsOfSends>, UnprocessableProblem>> SetCosts(
        NewCostsOfSends body, CampaignCosts costs, HttpContext http)
    {
        var channels = body.Channels ?? new Dictionary<string, decimal>();
        var campaigns = body.Campaigns ?? new Dictionary<string, decimal>();
        var wrong = channels.Select(one => WhyNot("channels", one, Channels.Named(one.Key) is not null))
            .Concat(campaigns.Select(one => WhyNot("campaigns", one, IsName(one.Key)))).OfType<InputError>().ToList();
        if (campaigns.Count > ValueLimits.CostsMax)
            wrong.Add(new InputError("$.campaigns", "bad_value", $"There are {ValueLimits.CostsMax} campaigns with a cost at most."));
        if (wrong.Count > 0) return new UnprocessableProblem([.. wrong.Take(InputErrorsMax)]);
        var set = await costs.Set(new SendCosts(channels, campaigns), http.Caller().Key.Person, http.RequestAborted);
        return TypedResults.Ok(CostsOfSends.Of(set));
    }

    private const int InputErrorsMax = 20, NameLengthMax = 100;

    private static bool IsName(string name) =>
        name.Length is > 0 and <= NameLengthMax && name.All(one => one is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));

    private static InputError? WhyNot(string field, KeyValuePair<string, decimal> cost, bool isKnown) =>
        !isKnown ? new InputError($"$.{field}", "bad_value", $"{field} are named as in the API; there is none of that name.")
        : cost.Value is < 0 or > ValueLimits.CostMax
            ? new InputError($"$.{field}", "bad_value", $"A cost is a number from 0 to {ValueLimits.CostMax:0}.")
        : null;
}
