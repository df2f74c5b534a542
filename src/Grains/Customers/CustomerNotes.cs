using LStep.Grains.Database;
using LStep.Grains.People;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>What a person noted about a customer.</summary>
public sealed record CustomerNote(long Id, DateTimeOffset At, string Author, string Text)
{
    /// <summary>Reads the columns that every query for notes selects, in this order.</summary>
    internal static CustomerNote Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetString(3));
}

/// <summary>Writes notes, with who did it in the same commit. What was noted stands in the timeline and not in the audit log.</summary>
public sealed class CustomerNotes(PostgresDatabase database)
{
    /// <summary>Null when the customer is not known.</summary>
    public Task<CustomerNote?> Add(string customerId, string text, Person by, DateTimeOffset now, CancellationToken cancel) =>
        database.Transaction(async connection =>
        {
            var note = (await connection.Rows("note_add", CustomerNote.Read, cancel, customerId, now.ToUniversalTime(), by.Name, text))
                .SingleOrDefault();
            if (note is not null)
                await connection.Write(new AuditEntry(by, "customer.noted", customerId, After: new { note = note.Id }), cancel);
            return note;
        }, cancel);
}
