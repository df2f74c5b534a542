using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

using Answer = Results<
    Ok<TestSendRow>, NotFoundProblem, UnprocessableProblem, ConflictProblem, TooManyTestsProblem>;

/// <summary>A message to somebody who wants to see how it arrives.</summary>
public static class TestSendsApi
{
    private const int LocaleCharsMax = 35, ToCharsMax = 4_096;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/campaigns/{name}/test", Send).RequireAuthorization(Policies.Success)
            .WithName("testCampaign").WithTags("Campaigns")
            .WithSummary("Send a message to an address of one's own")
            .WithDescription(
                "Rendered for a customer, and sent once by the real channel to the address that is given; a webhook or an alert goes to "
                + "the receiver that is set up, marked as a test. No link of it changes anything, and it counts nowhere. The audit log "
                + $"keeps who sent what where. {TestSends.PerMinuteMax} a minute may be sent in all.");

    private static async Task<Answer> Send(string name, TestSendRequest body, CampaignSource source, TestSends tests, HttpContext http)
    {
        if (source.Current.Named(name) is not { } campaign) return new NotFoundProblem("campaign");
        if (WhyNot(body, campaign).ToArray() is { Length: > 0 } wrong) return new UnprocessableProblem(wrong);
        var step = campaign.Steps[(body.Step ?? 1) - 1];
        if (step.Channel is Channel.InApp or Channel.Task)
            return new UnprocessableProblem(new InputError(
                "$.step", "not_testable",
                $"A message by {step.Channel.Name()} would land with the customer or the team; preview it instead."));
        var test = new TestSend(campaign, step, body.CustomerId!, Given(body.To), Given(body.Locale), Given(body.Variant));
        try
        {
            return await tests.Send(test, http.Caller().Key.Person, http.RequestAborted) switch
            {
                TestOutcome.NoCustomer => new NotFoundProblem("customer"),
                TestOutcome.NoChannel none => new ConflictProblem("channel_not_set_up", none.Reason),
                TestOutcome.BadAddress bad => new UnprocessableProblem(new InputError("$.to", "bad_address", bad.Reason)),
                TestOutcome.TooMany many => new TooManyTestsProblem(many.Seconds),
                TestOutcome.Tried tried => TypedResults.Ok(
                    new TestSendRow(SnakeCase.Of(tried.Status), tried.Reason, step.Channel.Name(), tried.To)),
                _ => throw new InvalidOperationException("a closed set has grown"),
            };
        }
        catch (TemplateException e)
        {
            return new UnprocessableProblem(new InputError("$", "bad_template", e.Message));
        }
    }

    private static IEnumerable<InputError> WhyNot(TestSendRequest body, Campaign campaign)
    {
        var number = body.Step ?? 1;
        InputError?[] wrong =
        [
            TextField.WhyNot("$.customerId", body.CustomerId, Limits.CustomerIdCharsMax, required: true),
            TextField.WhyNot("$.to", body.To, ToCharsMax), TextField.WhyNot("$.locale", body.Locale, LocaleCharsMax),
            number >= 1 && number <= campaign.Steps.Length ? null
                : new InputError("$.step", "bad_value", $"step is a number from 1 to {campaign.Steps.Length}."),
            Given(body.Variant) is not { } variant || campaign.Variants.Any(one => one.Name == variant) ? null
                : new InputError("$.variant", "bad_value", "variant is the name of one of the campaign's variants."),
        ];
        return wrong.OfType<InputError>();
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <param name="CustomerId">Whom it is written for.</param>
/// <param name="To">Where it goes: a mail address, a device's token or an id at LINE. A webhook or an alert needs none.</param>
/// <param name="Step">1 where none is given.</param>
/// <param name="Locale">In place of the customer's own.</param>
/// <param name="Variant">In place of the one that falls to the customer.</param>
public sealed record TestSendRequest(
    string? CustomerId = null, string? To = null, int? Step = null, string? Locale = null, string? Variant = null);

/// <param name="Outcome">sent; failed; or uncertain where nobody said whether it was taken.</param>
/// <param name="Reason">Why it was not sent; null where it was.</param>
/// <param name="To">The address, or the receiver that is set up.</param>
public sealed record TestSendRow(string Outcome, string? Reason, string Channel, string To);
