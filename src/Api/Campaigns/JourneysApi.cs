using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Grains.Campaigns.Journeys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Campaigns;

/// <summary>What would become of a customer, real or invented, and what it would be sent on the way.</summary>
public static class JourneysApi
{
    private const int DaysMax = 400, DaysDefault = 120, AheadDaysMax = 366, LocaleCharsMax = 35;

    /// <summary>Calendars and zones are not asked about other centuries.</summary>
    private const int InventedYearsMax = 10;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/journeys/preview", Preview).RequireAuthorization(Policies.Success)
            .WithName("previewJourney").WithTags("Campaigns")
            .WithSummary("The path of a customer who does nothing more")
            .WithDescription(
                "Every transition, review and message as the rules and campaigns in force would make them, of a real customer or an "
                + "invented one. Nothing is sent or kept, and no link of a message changes anything. tag lets a tag begin at once.");

    private static async Task<Results<Ok<JourneyRow>, NotFoundProblem, UnprocessableProblem>> Preview(
        JourneyRequest body, JourneyPreviews journeys, TimeProvider clock, HttpContext http)
    {
        var now = Whole(clock.GetUtcNow());
        var (at, days) = (body.At ?? now, body.Days ?? DaysDefault);
        if (WhyNot(body, at, days, now).ToArray() is { Length: > 0 } wrong) return new UnprocessableProblem(wrong);
        var span = new JourneySpan(at, at.AddDays(days), body.Tag, string.IsNullOrWhiteSpace(body.Locale) ? null : body.Locale);
        var preview = body.CustomerId is { } id ? await journeys.Of(id, span, http.RequestAborted)
            : await journeys.OfInvented(InventedCustomers.Activities(body.Customer!, at), span, http.RequestAborted);
        return preview switch
        {
            null => new NotFoundProblem("customer"),
            { Begins: false } => new UnprocessableProblem(
                new InputError("$.tag", "has_it_already", "The customer has this tag then, and it cannot begin.")),
            _ => TypedResults.Ok(new JourneyRow(
                body.CustomerId, span.At, span.Until, span.Tag, [.. preview.Stops.Select(JourneyItemRow.Of)], preview.IsCut)),
        };
    }

    private static IEnumerable<InputError> WhyNot(JourneyRequest body, DateTimeOffset at, int days, DateTimeOffset now)
    {
        if (body.CustomerId is null == body.Customer is null)
            yield return new InputError("$.customerId", "bad_value", "Either customerId or customer is given.");
        if (TextField.WhyNot("$.customerId", body.CustomerId, Limits.CustomerIdCharsMax, required: body.CustomerId is not null) is { } id)
            yield return id;
        if (days is < 1 or > DaysMax) yield return new InputError("$.days", "bad_value", $"days is a number from 1 to {DaysMax}.");
        if (TextField.WhyNot("$.locale", body.Locale, LocaleCharsMax) is { } locale) yield return locale;
        if (WhyNot(at, body.Customer is not null, now) is { } far) yield return far;
        else if (body.Customer is { } customer)
            foreach (var error in InventedCustomers.WhyNot(customer, at)) yield return error;
    }

    private static InputError? WhyNot(DateTimeOffset at, bool isInvented, DateTimeOffset now)
    {
        if (isInvented)
            return Math.Abs((at - now).TotalDays) <= InventedYearsMax * 366 ? null
                : new InputError("$.at", "bad_value", $"at lies within {InventedYearsMax} years of now.");
        return at < now ? new InputError("$.at", "in_the_past", $"at lies behind; it is {Json.Instant(now)} now.")
            : at > now.AddDays(AheadDaysMax)
                ? new InputError("$.at", "bad_value", $"at lies within {AheadDaysMax} days from now.") : null;
    }

    private static DateTimeOffset Whole(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
