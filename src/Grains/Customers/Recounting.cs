using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Domain.Packing;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>
/// Counts customers anew from their logs whose states an earlier version stored in a format that means something else: windows, totals and
/// profile; what was decided stays. Done once after an upgrade, before anything serves, through the journal, so that each is fenced and a
/// crash resumes. No process of the version before may live beside it.
/// </summary>
public sealed class Recounting(PostgresDatabase database, IJournal journal, ILogger<Recounting> log)
{
    private static readonly string Format = $"{StatePacking.StateFormat}";

    public Task<bool> IsDone(CancellationToken cancel) =>
        database.Use(connection => connection.Value<bool>("recount_done", cancel, Format), cancel);

    /// <summary>Until nobody is left but those whose rows cannot be read.</summary>
    public async Task Run(Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var (counted, told) = (0L, 0L);
        for (var before = -1L; before != counted;)
        {
            before = counted;
            for (var page = await Page("", cancel); page.Count > 0; page = await Page(page[^1].Id, cancel))
            {
                counted += await Store(page.FindAll(customer => customer.IsReadable), book, now, cancel);
                if (told > 0 && counted < told + CustomerLimits.CustomersBetweenRecountLines) continue;
                log.LogWarning("After the upgrade {Customers} customers have been counted anew from the log so far", told = counted);
            }
        }
    }

    public Task Finish(CancellationToken cancel) =>
        database.Use(connection => connection.Execute("recount_finish", cancel, Format), cancel);

    private Task<List<StoredCustomer>> Page(string after, CancellationToken cancel) => database.Use(
        connection => connection.Rows(
            "recount_page", StoredCustomer.ReadFormer, cancel, after, (int)StatePacking.StateFormat,
            CustomerLimits.CustomersPerRecountPageMax, CustomerLimits.BytesPerCustomerMax), cancel);

    private async Task<int> Store(List<StoredCustomer> customers, Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var again = await FromLog([.. customers.Select(customer => customer.Id)], book.Calendar, cancel);
        var commits = customers.Select(customer => journal.Commit(
            Step(customer.State, again.GetValueOrDefault(customer.Id)?.State, book, now), CommitKind.TimeDriven));
        return (await Task.WhenAll(commits)).Count(result => result is CommitResult.Committed);
    }

    /// <summary>Without a log there is nothing to count from: what is known stays.</summary>
    private static Step Step(CustomerState stored, CustomerState? again, Rulebook book, DateTimeOffset now)
    {
        var after = stored with { Version = stored.Version + 1 };
        if (again is not null)
            after = after with
            {
                Days = Domain.Measuring.Windows.Prune(again, book.Calendar.DayOf(stored.EvaluatedAt)).Days,
                Lifetime = again.Lifetime,
                Profile = again.Profile,
            };
        return new Step { Before = stored, After = after, At = now, NextCheckAt = NextCheck.After(after, book, stored.EvaluatedAt) };
    }

    private Task<Dictionary<string, Recount>> FromLog(string[] ids, BusinessCalendar calendar, CancellationToken cancel) =>
        database.Use(async connection =>
        {
            var counted = new Dictionary<string, Recount>(StringComparer.Ordinal);
            await using var command = connection.Named("recount_log", Db.Texts(ids));
            await foreach (var turn in LogTurn.Read(command, cancel))
            {
                if (!counted.TryGetValue(turn.CustomerId, out var recount))
                    counted[turn.CustomerId] = recount = new Recount(turn.CustomerId, turn.At, calendar);
                recount.Take(turn.Activities, turn.At);
            }
            return counted;
        }, cancel);
}
