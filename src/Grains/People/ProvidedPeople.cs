using System.Security.Cryptography;
using System.Text;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.People;

/// <summary>What an OpenID Connect provider says of somebody.</summary>
/// <param name="Subject">SHA-256 of who they are there.</param>
/// <param name="Name">Changes with the provider's, and is not unique; the key's handle beside it is.</param>
public sealed record Provided(byte[] Subject, string Name, Role Role)
{
    /// <summary>A subject is unique with its issuer only.</summary>
    public static byte[] SubjectOf(string issuer, string subject) => SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{subject}"));
}

/// <param name="Hash">By which their row is known to whoever asks who still stands.</param>
public sealed record ProvidedPerson(Key Key, byte[] Hash, bool IsRevoked);

/// <summary>
/// People and programs that an OpenID Connect provider vouches for. Each has a row beside the keys, so that what holds for a key holds for
/// them: they are listed, their sessions end, and who was revoked stays out until somebody lets them in again.
/// </summary>
public sealed class ProvidedPeople(PostgresDatabase database)
{
    private static readonly Person Provider = new("sign-in provider", null);

    /// <summary>Opens a session for somebody who has just shown who they are; null when they were revoked.</summary>
    /// <param name="hash">Of the secret that the cookie will hold.</param>
    public Task<Session?> SignIn(Provided who, byte[] hash, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var person = await Admit(connection, who, cancel);
            if (person.IsRevoked) return null;
            if (person.Key.Role != who.Role || person.Key.Name != who.Name)
            {
                await connection.Execute("person_change", cancel, person.Key.Id, Tokens.NameOf(who.Role), who.Name);
                await connection.Write(
                    new AuditEntry(Provider, "person.changed", person.Key.Id, Before: Told(person.Key), After: Told(who)), cancel);
            }
            return await BrowserSessions.Open(connection, person.Key with { Role = who.Role, Name = who.Name }, hash, cancel);
        }, cancel);

    /// <summary>Whoever brings a token of the provider. It says what this call may do and changes nothing for their sessions.</summary>
    /// <param name="isKnown">They were good a moment ago. Others share few connections.</param>
    public async Task<ProvidedPerson> Find(Provided who, bool isKnown, CancellationToken cancel)
    {
        var found = await Tokens.PoolOf(database, isKnown).Use(
            connection => connection.Rows("person_by_subject", Read, cancel, who.Subject), cancel);
        var person = found is [var known] ? known
            : await database.Transaction(connection => Admit(connection, who, cancel), cancel);
        return person with { Key = person.Key with { Role = who.Role, Name = who.Name } };
    }

    /// <summary>The provider gives them no role any more: whatever they have open ends.</summary>
    public Task EndSessions(byte[] subject, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var ended = await connection.Rows(
                "person_end_sessions", row => (Id: row.GetGuid(0), Key: row.GetString(1)), cancel, subject);
            foreach (var (id, key) in ended)
                await connection.Write(new AuditEntry(Provider, "session.ended", id.ToString(), Before: new { key }), cancel);
            return ended.Count;
        }, cancel);

    private static async Task<ProvidedPerson> Admit(NpgsqlConnection connection, Provided who, CancellationToken cancel)
    {
        var id = Tokens.NewId();
        var person = (await connection.Rows(
            "person_admit", Read, cancel, id, RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes), Tokens.NameOf(who.Role), who.Name,
            who.Subject))[0];
        if (person.Key.Id == id) await connection.Write(new AuditEntry(Provider, "person.admitted", id, After: Told(who)), cancel);
        return person;
    }

    private static ProvidedPerson Read(NpgsqlDataReader row) => new(Tokens.KeyOf(row), row.GetFieldValue<byte[]>(3), row.GetBoolean(4));

    private static object Told(Key key) => new { name = key.Name, role = Tokens.NameOf(key.Role) };

    private static object Told(Provided who) => new { name = who.Name, role = Tokens.NameOf(who.Role) };
}
