using System.Security.Cryptography;
using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Grains.Cards;

/// <param name="Id">The public handle; no secret.</param>
/// <param name="CreatedBy">A person's name.</param>
public sealed record Card(string Id, string Name, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt);

public enum NotMade { InThePast, TooMany }

/// <summary>Links to read-only cards: whoever has one sees the figures of now, and nothing of any customer.</summary>
public sealed class CardLinks(PostgresDatabase database)
{
    public const int NameCharsMax = 100;

    /// <summary>That stand at once.</summary>
    public const int CardsMax = 100;

    public Task<List<Card>> List(CancellationToken cancel) => database.People.Use(
        connection => connection.Rows(
            "card_list",
            row => new Card(row.GetString(0), row.GetString(1), row.Instant(2), row.GetString(3), row.InstantOrNull(4)), cancel), cancel);

    /// <summary>A new card; the secret of its link is told this once.</summary>
    public Task<(Card? Card, string Secret, NotMade Why)> Create(
        string name, DateTimeOffset? expiresAt, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            await connection.Execute("card_lock", cancel);
            if (await connection.Value<long>("card_count", cancel) >= CardsMax) return (null, "", NotMade.TooMany);
            var (id, secret) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), Tokens.NewSecret("lsc_"));
            var made = await connection.Rows(
                "card_insert", row => row.Instant(0), cancel, id, Tokens.Hash(secret), name, by.Name, Db.Instant(expiresAt));
            if (made is not [var createdAt]) return (null, "", NotMade.InThePast);
            await connection.Write(new AuditEntry(by, "card.created", id, After: new { name, expiresAt }), cancel);
            return ((Card?)new Card(id, name, createdAt, by.Name, expiresAt), secret, default(NotMade));
        }, cancel);

    /// <summary>Answers whether there was one.</summary>
    public Task<bool> Delete(string id, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            if (await connection.Rows("card_delete", row => row.GetString(0), cancel, id) is not [var name]) return false;
            await connection.Write(new AuditEntry(by, "card.deleted", id, Before: new { name }), cancel);
            return true;
        }, cancel);

    /// <summary>
    /// The name of the card behind a link; null where none stands. Anybody can invent links, so they share few connections.
    /// </summary>
    public async Task<string?> Find(string secret, CancellationToken cancel) => (await database.Strangers.Use(
        connection => connection.Rows("card_by_hash", row => row.GetString(0), cancel, Tokens.Hash(secret)), cancel)).SingleOrDefault();
}
