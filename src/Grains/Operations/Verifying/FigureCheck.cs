using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Time.Figures;

namespace LStep.Grains.Operations.Verifying;

/// <summary>Whose figures and searched texts are not those of the state.</summary>
internal static class FigureCheck
{
    /// <param name="page">As they were read a moment ago: who has moved on since is left to the next time.</param>
    public static async Task<List<Difference>> Of(
        PostgresDatabase database, FigureRows figures, List<StoredCustomer> page, Rulebook book, DateTimeOffset asOf,
        CancellationToken cancel)
    {
        var readable = page.FindAll(customer => customer.IsReadable);
        var wrong = await figures.Differing(readable, book, asOf, cancel);
        if (wrong.Count == 0) return [];
        // What a living process wrote meanwhile is followed once more, and who is at another version is no question.
        await figures.FlushAsync(book, asOf, cancel);
        wrong.IntersectWith(await figures.Differing(readable, book, asOf, cancel));
        var versions = (await database.InBackground(
            c => c.Rows("verify_versions", row => (row.GetString(0), row.GetInt64(1)), cancel, Db.Texts(wrong)), cancel)).ToDictionary();
        return [.. readable.Where(one => wrong.Contains(one.Id) && versions.GetValueOrDefault(one.Id) == one.Version)
            .Select(one => new Difference(one.Id, "figures", "What lists filter, sort and search it by is not what its state says."))];
    }
}
