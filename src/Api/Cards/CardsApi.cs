using LStep.Api.Auth;
using LStep.Api.Http;
using LStep.Api.Messages;
using LStep.Grains;
using LStep.Grains.Cards;
using LStep.Grains.Feeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Cards;

/// <summary>Read-only cards for other pages: admins make their links, and whoever has one sees the figures of now.</summary>
public static class CardsApi
{
    private const string TooMany = "too_many_cards";

    public static void Map(IEndpointRouteBuilder api)
    {
        var cards = api.MapGroup("/cards").RequireAuthorization(Policies.Admin).WithTags("Cards");

        cards.MapGet("", List).WithName("listCards")
            .WithSummary("List cards").WithDescription($"All links to cards, newest first, at most {CardLinks.CardsMax}; never a secret.");

        cards.MapPost("", Create).WithName("createCard")
            .WithSummary("Make a card")
            .WithDescription(
                "A link to a page with the customers per tag, made to be embedded in other pages. It holds nothing of any customer.")
            .WithMetadata(
                new ProblemResponse(StatusCodes.Status409Conflict, TooMany),
                new ProblemResponse(StatusCodes.Status422UnprocessableEntity, "bad_name", "in_the_past"));

        cards.MapDelete("/{id}", Delete).WithName("deleteCard")
            .WithSummary("End a card").WithDescription("Its link shows nothing any more, at once.");
    }

    /// <summary>The page itself. No key: the link is the secret.</summary>
    public static void MapPage(IEndpointRouteBuilder app) =>
        app.MapGet("/card/{secret}", Show).AllowAnonymous().ExcludeFromDescription().WithMetadata(CardPage.Policy).WithName("showCard");

    private static async Task<Ok<Page<CardRow>>> List(CardLinks cards, HttpContext http) =>
        TypedResults.Ok(new Page<CardRow>([.. (await cards.List(http.RequestAborted)).Select(CardRow.Of)], null));

    private static async Task<Results<Created<MadeCard>, ConflictProblem, UnprocessableProblem>> Create(
        NewCard body, CardLinks cards, HttpContext http)
    {
        var name = body.Name?.Trim();
        if (name is not { Length: > 0 and <= CardLinks.NameCharsMax } || name.Any(char.IsControl))
            return new UnprocessableProblem(
                new InputError("$.name", "bad_name", $"name is a text of 1 to {CardLinks.NameCharsMax} characters, the card's heading."));
        var (card, secret, why) = await cards.Create(name, body.ExpiresAt, http.Caller().Key.Person, http.RequestAborted);
        if (card is not null)
            return TypedResults.Created(
                $"/api/cards/{card.Id}", new MadeCard(card.Id, card.Name, $"/card/{secret}", card.CreatedAt, card.ExpiresAt));
        return why == NotMade.TooMany
            ? new ConflictProblem(TooMany, $"There are {CardLinks.CardsMax} cards already. Delete one that nobody needs.")
            : new UnprocessableProblem(new InputError("$.expiresAt", "in_the_past", "expiresAt has passed already."));
    }

    private static async Task<Results<NoContent, NotFoundProblem>> Delete(string id, CardLinks cards, HttpContext http) =>
        !id.Contains('\0') && await cards.Delete(id, http.Caller().Key.Person, http.RequestAborted)
            ? TypedResults.NoContent() : new NotFoundProblem("card");

    /// <summary>Whatever happens is told as a page: it stands in a frame of somebody else's.</summary>
    private static async Task Show(HttpContext http, string secret, CardLinks cards, LinkGuard guard, LedgerFeed feed, TimeProvider clock)
    {
        try
        {
            var name = secret.Contains('\0') ? null : await cards.Find(secret, http.RequestAborted);
            if (name is not null) await CardPage.Write(http, name, feed.Counts, clock.GetUtcNow());
            else if (guard.Bad(http) is not { } seconds) await CardPage.WriteEnded(http);
            else await CardPage.WriteLater(http, StatusCodes.Status429TooManyRequests, seconds);
        }
        catch (Exception trouble) when (
            TransientFailure.Is(trouble) && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await CardPage.WriteLater(http, StatusCodes.Status503ServiceUnavailable, Problems.RetryAfterSeconds);
        }
    }
}
