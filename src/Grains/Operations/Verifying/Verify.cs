using System.Collections.Immutable;
using System.Data;
using LStep.Domain;
using LStep.Grains.Analytics;
using LStep.Grains.Database;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;

namespace LStep.Grains.Operations.Verifying;

/// <summary>
/// Proves the stored truth: everything that can be made from the activities log is made again and compared. Changes nothing but the daily
/// rows and the figures of analytics and of customers, which it first lets follow to the end. Runs beside a living process: each page of
/// customers is read in one snapshot.
/// </summary>
public sealed class Verify(PostgresDatabase database, DailyRows dailyRows, FigureRows figures)
{
    public const int OverdueSeconds = 60;

    /// <param name="asOf">Now, where a process is at work; where none is, the last moment at which one was: later nothing could be
    /// applied.</param>
    public async Task<VerifyResult> Run(
        Rulebook book, DateTimeOffset asOf, Action<VerifyProgress>? progress = null, int differencesMax = 100,
        CancellationToken cancel = default)
    {
        await dailyRows.FlushAsync(book.Calendar, cancel);
        await figures.FlushAsync(book, asOf, cancel);
        var total = await database.InBackground(c => c.Value<long>("verify_count", cancel), cancel);
        var sum = new VerifyResult(0, 0, 0, 0, 0, 0, []);
        var found = ImmutableArray.CreateBuilder<Difference>();
        var count = 0L;
        for (string? after = ""; after is not null;)
        {
            var page = await Page(after, cancel);
            after = page.Count < OperationsLimits.CustomersPerVerifiedPageMax ? null : page[^1].Customer.Id;
            foreach (var difference in page.AsParallel().AsOrdered().SelectMany(
                customer => CustomerCheck.Of(customer, book, asOf.AddSeconds(-OverdueSeconds))))
                Add(difference);
            foreach (var difference in await FigureCheck.Of(
                database, figures, page.ConvertAll(one => one.Customer), book, asOf, cancel)) Add(difference);
            sum = sum with
            {
                Customers = sum.Customers + page.Count,
                Activities = sum.Activities + page.Sum(c => (long)c.Log.Count),
                Decisions = sum.Decisions + page.Sum(c => (long)c.Decisions.Count),
                LedgerRows = sum.LedgerRows + page.Sum(c => (long)c.Ledger.Count),
                DailyRows = sum.DailyRows + page.Sum(c => (long)c.Daily.Count),
                Cut = sum.Cut + page.Count(c => c.IsCut),
            };
            progress?.Invoke(new VerifyProgress(sum.Customers, Math.Max(total, sum.Customers), count));
        }
        var kinds = await database.InBackground(c => c.Rows("verify_strays", r => (r.GetString(0), r.GetInt64(1)), cancel), cancel);
        foreach (var (kind, strays) in kinds)
            if (strays > 0) Add(new Difference(null, "stray", $"{strays} {kind} belong to no customer."));
        var campaigns = await database.InBackground(
            c => c.Rows("verify_campaigns", r => (r.GetString(0), r.GetInt64(1)), cancel, asOf.AddSeconds(-OverdueSeconds)), cancel);
        foreach (var (kind, number) in campaigns)
            if (number > 0) Add(new Difference(null, "campaign", $"{number} {kind}."));
        await new FiguresCheck(database).Run(
            book.Calendar, book.Calendar.DayOf(asOf), one => Add(new Difference(one.CustomerId, "figures", one.Detail)), cancel);
        return sum with { Count = count, Differences = found.DrainToImmutable() };

        void Add(Difference difference)
        {
            count++;
            if (found.Count < differencesMax) found.Add(difference);
        }
    }

    private Task<List<StoredAll>> Page(string after, CancellationToken cancel) => database.InBackground(async connection =>
    {
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return await StoredAll.Page(connection, after, cancel);
    }, cancel);
}
