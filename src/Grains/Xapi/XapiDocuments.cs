using LStep.Grains.Database;
using LStep.Grains.Privacy;

namespace LStep.Grains.Xapi;

/// <summary>Where documents stand: of one agent and activity, of one activity, or of one agent.</summary>
/// <param name="CustomerId">Whom the agent names; empty for a profile of an activity, or for a group.</param>
/// <param name="Unknown">The agent's address, where no customer has it; else null.</param>
public sealed record DocumentPlace(byte[] Hash, string CustomerId, string? ActivityId, string? Unknown);

/// <summary>One document of a place.</summary>
/// <param name="Registration">Empty without one.</param>
public sealed record DocumentName(DocumentPlace Place, string Registration, string Id);

public sealed record Document(string ContentType, byte[] Content, string ETag, DateTimeOffset UpdatedAt);

public enum DocumentOutcome { Done, PreconditionFailed, Conflict, Unconditional, NotJson, TooMany }

/// <summary>What is to become of a document, given the one that is there or null.</summary>
/// <param name="Put">Null where it is to be deleted, or left as it is.</param>
public readonly record struct DocumentChange(DocumentOutcome Outcome, Document? Put = null);

/// <summary>States and profiles of players.</summary>
public sealed class XapiDocuments(PostgresDatabase database, Tombstones tombstones)
{
    public Task<Document?> Find(DocumentName name, CancellationToken cancel) => database.People.Use(
        async connection => (await connection.Rows(
            "document", row => new Document(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.Instant(3)), cancel,
            name.Place.Hash, name.Registration, name.Id)).SingleOrDefault(), cancel);

    /// <param name="registration">Null for those of all registrations.</param>
    public Task<(List<string> Ids, DateTimeOffset? UpdatedAt)> Ids(
        DocumentPlace place, string? registration, DateTimeOffset? since, CancellationToken cancel) => database.People.Use(
        async connection =>
    {
        var rows = await connection.Rows(
            "documents_ids", row => (Id: row.GetString(0), At: row.Instant(1)), cancel, place.Hash, Db.Text(registration),
            since ?? DateTimeOffset.MinValue);
        return (rows.ConvertAll(row => row.Id), rows is [var first, ..] ? first.At : (DateTimeOffset?)null);
    }, cancel);

    /// <summary>Reads the document, has it decided what becomes of it, and writes that, while nobody else changes it.</summary>
    /// <exception cref="ErasedCustomerException">Nothing was written.</exception>
    public Task<DocumentOutcome> Change(DocumentName name, Func<Document?, DocumentChange> decide) => database.Transaction(
        async connection =>
        {
            var place = name.Place;
            string[] people = place.Unknown is { } address ? [place.CustomerId, Tombstones.OfAddress(address)] : [place.CustomerId];
            if (place.CustomerId.Length > 0 && (await tombstones.Enter(connection, people, default)).Count > 0)
                throw new ErasedCustomerException();
            await connection.Execute("document_hold", default, Convert.ToHexString(place.Hash));
            var known = (await connection.Rows(
                "document", row => new Document(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.Instant(3)), default,
                place.Hash, name.Registration, name.Id)).SingleOrDefault();
            var change = decide(known);
            if (change.Outcome != DocumentOutcome.Done) return change.Outcome;
            if (change.Put is not { } put)
            {
                await connection.Execute("document_delete", default, place.Hash, name.Registration, name.Id);
                return DocumentOutcome.Done;
            }
            if (known is null && await connection.Value<long>("documents_count", default, place.Hash) >= XapiLimits.DocumentsPerPlaceMax)
                return DocumentOutcome.TooMany;
            await connection.Execute(
                "document_put", default, place.CustomerId, place.Hash, name.Registration, name.Id, Db.Text(place.ActivityId),
                put.ContentType, put.Content, put.ETag, put.UpdatedAt);
            return DocumentOutcome.Done;
        });

    /// <param name="registration">Null for those of all registrations.</param>
    public Task Delete(DocumentPlace place, string? registration) => database.Use(
        connection => connection.Execute("documents_delete", default, place.Hash, Db.Text(registration)));
}
