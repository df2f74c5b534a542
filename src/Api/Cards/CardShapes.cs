using LStep.Grains.Cards;

namespace LStep.Api.Cards;

/// <param name="Name">What the card is called; it is its heading.</param>
/// <param name="ExpiresAt">When the link stops working by itself; never without one.</param>
public sealed record NewCard(string? Name = null, DateTimeOffset? ExpiresAt = null);

/// <param name="Path">The link's path on this server, with its secret: told this once, only its SHA-256 is kept.</param>
public sealed record MadeCard(string Id, string Name, string Path, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

public sealed record CardRow(string Id, string Name, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt)
{
    public static CardRow Of(Card card) => new(card.Id, card.Name, card.CreatedAt, card.CreatedBy, card.ExpiresAt);
}
