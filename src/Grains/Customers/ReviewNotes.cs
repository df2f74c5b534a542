using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Grains.Customers;

/// <summary>Who looks after a review, and what was said about it. Nothing of it decides anything.</summary>
public sealed record ReviewNote(string? Assignee, string? Note);

/// <summary>Writes what people add to a review without deciding it, with who did it in the same commit.</summary>
public sealed class ReviewNotes(PostgresDatabase database)
{
    /// <summary>False when there is no such review.</summary>
    public Task<bool> Change(Guid id, Func<ReviewNote, ReviewNote> change, Person by, CancellationToken cancel) => database.Transaction(
        async connection =>
        {
            var found = await connection.Rows(
                "review_lock", row => (row.GetString(0), new ReviewNote(row.TextOrNull(1), row.TextOrNull(2))), cancel, id);
            if (found is not [var (customerId, before)]) return false;
            var after = change(before);
            if (after == before) return true;
            await connection.Execute("review_annotate", cancel, id, Db.Text(after.Assignee), Db.Text(after.Note));
            // An erasure finds by the customer's id what was said of it.
            await connection.Write(
                new AuditEntry(
                    by, "review.annotated", id.ToString(), Before: new { customerId, before.Assignee, before.Note },
                    After: new { customerId, after.Assignee, after.Note }), cancel);
            return true;
        }, cancel);
}
