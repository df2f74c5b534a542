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
    private const int AnyFormat = byte.MaxValue + 1;
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
            for (var page = await Page("", StatePacking.StateFormat, cancel); page.Count > 0;
                page = await Page(page[^1].Id, StatePacking.StateFormat, cancel))
            {
                counted += await Store(page.FindAll(customer => customer.IsReadable), book, now, cancel);
                if (told > 0 && counted < told + CustomerLimits.CustomersBetweenRecountLines) continue;
                log.LogWarning("After the upgrade {Customers} customers have been counted anew from the log so far", told = counted);
            }
        }
    }

    /// <summary>
    /// Counts everybody anew once, also where the format is today's, beside whatever serves: who moved on meanwhile is counted again.
    /// Nothing is decided. Answers how many were looked at, how many came out differently, and how many have a log that was cut and stay.
    /// </summary>
    /// <param name="progress">Told how many were looked at so far.</param>
    public async Task<RecountSummary> Again(Rulebook book, DateTimeOffset now, Action<long>? progress, CancellationToken cancel)
    {
        var sum = new RecountSummary(0, 0, 0, 0);
        for (var page = await Page("", AnyFormat, cancel); page.Count > 0; page = await Page(page[^1].Id, AnyFormat, cancel))
        {
            var left = page.FindAll(customer => customer.IsReadable);
            sum = sum with { Customers = sum.Customers + page.Count, Unreadable = sum.Unreadable + page.Count - left.Count };
            for (var attempt = 0; left.Count > 0 && attempt < CustomerLimits.RecountAttemptsMax; attempt++)
            {
                var (changed, cut, fenced) = await StoreChanged(left, book, now, cancel);
                sum = sum with { Changed = sum.Changed + changed, Cut = sum.Cut + cut };
                left = fenced.Count == 0 ? [] : (await Reload(fenced, cancel)).FindAll(customer => customer.IsReadable);
            }
            progress?.Invoke(sum.Customers);
        }
        return sum;
    }

    public Task Finish(CancellationToken cancel) =>
        database.Use(connection => connection.Execute("recount_finish", cancel, Format), cancel);

    /// <param name="below">Of a format before this one.</param>
    private Task<List<StoredCustomer>> Page(string after, int below, CancellationToken cancel) => database.InBackground(
        connection => connection.Rows(
            "recount_page", StoredCustomer.ReadFormer, cancel, after, below,
            CustomerLimits.CustomersPerRecountPageMax, CustomerLimits.BytesPerCustomerMax), cancel);

    private Task<List<StoredCustomer>> Reload(List<string> ids, CancellationToken cancel) => database.InBackground(async connection =>
    {
        var all = new List<StoredCustomer>();
        await foreach (var some in CustomerStore.Pages(connection, ids, cancel)) all.AddRange(some);
        return all;
    }, cancel);

    private async Task<(int Changed, int Cut, List<string> Fenced)> StoreChanged(
        List<StoredCustomer> customers, Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var (again, cut) = await FromLog([.. customers.Select(customer => customer.Id)], book.Calendar, cancel);
        var steps = customers.Where(customer => again.ContainsKey(customer.Id))
            .Select(customer => Step(customer.State, again[customer.Id].State, book, now))
            .Where(step => !IsSame(step.Before!, step.After, book.Calendar)).ToList();
        var results = await Task.WhenAll(steps.Select(step => journal.Commit(step, CommitKind.TimeDriven)));
        var fenced = steps.Zip(results).Where(one => one.Second is CommitResult.FencedOut).Select(one => one.First.After.CustomerId)
            .ToList();
        return (results.Count(result => result is CommitResult.Committed), cut.Count, fenced);
    }

    /// <summary>Windows of the last look, totals and profile, as they are packed.</summary>
    private static bool IsSame(CustomerState stored, CustomerState again, BusinessCalendar calendar)
    {
        var today = calendar.DayOf(stored.EvaluatedAt);
        return Packed(Nobody with { Days = Domain.Measuring.Windows.Prune(stored, today).Days }, Nobody with { Days = again.Days })
            && Packed(Nobody with { Lifetime = stored.Lifetime }, Nobody with { Lifetime = again.Lifetime })
            && StoredProfile.TraitsJson(again.Profile.Traits) == StoredProfile.TraitsJson(stored.Profile.Traits)
            && StatePacking.PackStamps(again.Profile.Stamps).SequenceEqual(StatePacking.PackStamps(stored.Profile.Stamps))
            && Bare(again.Profile) == Bare(stored.Profile);
    }

    private static bool Packed(CustomerState one, CustomerState other) => StatePacking.Pack(one).SequenceEqual(StatePacking.Pack(other));

    private static CustomerState Nobody { get; } = new()
    {
        CustomerId = "", Tag = StatusTag.Active, TagSince = default, EvaluatedAt = default, Profile = Profile.Empty,
        Governance = Governance.Empty,
    };

    private static Profile Bare(Profile profile) => profile with { Traits = Profile.Empty.Traits, Stamps = Profile.Empty.Stamps };

    private async Task<int> Store(List<StoredCustomer> customers, Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var (again, _) = await FromLog([.. customers.Select(customer => customer.Id)], book.Calendar, cancel);
        var commits = customers.Select(customer => journal.Commit(
            Step(customer.State, again.GetValueOrDefault(customer.Id)?.State, book, now), CommitKind.TimeDriven));
        return (await Task.WhenAll(commits)).Count(result => result is CommitResult.Committed);
    }

    /// <summary>Without a log, or with one that was cut, there is nothing to count from: what is known stays.</summary>
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

    /// <summary>One turn in memory at a time: a log may be long. Those whose log was cut are told apart.</summary>
    private Task<(Dictionary<string, Recount> Counted, HashSet<string> Cut)> FromLog(
        string[] ids, BusinessCalendar calendar, CancellationToken cancel) =>
        database.InBackground(async connection =>
        {
            var cut = (await connection.Rows("log_cut_of", row => row.GetString(0), cancel, Db.Texts(ids)))
                .ToHashSet(StringComparer.Ordinal);
            var counted = new Dictionary<string, Recount>(StringComparer.Ordinal);
            await using var command = connection.Named("recount_log", Db.Texts(ids.Except(cut)));
            await foreach (var turn in LogTurn.Read(command, cancel))
            {
                if (!counted.TryGetValue(turn.CustomerId, out var recount))
                    counted[turn.CustomerId] = recount = new Recount(turn.CustomerId, turn.At, calendar);
                recount.Take(turn.Activities, turn.At);
            }
            return (counted, cut);
        }, cancel);
}

/// <param name="Changed">Those that came out differently from what was stored.</param>
/// <param name="Cut">Those whose log was cut: they stay as they are.</param>
public sealed record RecountSummary(long Customers, long Changed, long Cut, long Unreadable);
