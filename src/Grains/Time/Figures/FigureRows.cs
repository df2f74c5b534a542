using System.Diagnostics;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Customers.Journaling;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Time.Figures;

/// <summary>
/// Lets customer_figures, customer_foresight, which has what changes from day to day, and customer_search trail the states. Who changed is
/// told by the log, by transaction id, and by the ledger; whom time alone changes within the day, by a column of theirs; and the change of
/// the business day, another model, and what was there before the tables were, are one pass over everybody. The last transaction of a
/// portion remembers how far it came: a crash repeats it. One process is at it at a time.
/// </summary>
public sealed class FigureRows(PostgresDatabase database)
{
    private enum Followed { All, APart, ByAnother, TooMuchIsLeft }

    /// <param name="From">Where it begins.</param>
    /// <param name="To">Where log and ledger will have been followed to.</param>
    /// <param name="Changed">Whose figures are to be made, and whether the profile was written.</param>
    private sealed record Portion(
        FiguresProgress From, FiguresProgress To, Dictionary<string, bool> Changed, Rulebook Book, DateTimeOffset Now, bool MayBeMore);

    /// <summary>
    /// Follows one portion; false when there was nothing left to follow. Its transactions are short: while one is under way PostgreSQL
    /// keeps every version of every row that anybody writes.
    /// </summary>
    /// <param name="follows">Whether the log is followed, too: without it the ledger, whom time changes, and the day.</param>
    public async Task<bool> Follow(Rulebook book, DateTimeOffset now, bool follows = true, CancellationToken cancel = default)
    {
        var begun = await database.TransactionInBackground(
            connection => Begin(connection, "figures_progress", book, now, FiguresLimits.PortionMax, follows, cancel), cancel);
        if (begun is not { } portion) return true;
        foreach (var ids in portion.Changed.Keys.Chunk(FiguresLimits.CustomersPerStatementMax))
            if (!await Alone(portion, async connection =>
            {
                await Make(connection, ids, portion, cancel);
                return true;
            })) return true;
        return await Alone(portion, connection => End(connection, portion, FiguresLimits.PagesPerPortionMax, cancel), otherwise: true);

        // Where another process has come further meanwhile, what is left begins anew.
        Task<bool> Alone(Portion portion, Func<NpgsqlConnection, Task<bool>> work, bool otherwise = false) =>
            database.TransactionInBackground(
                async connection => (await connection.Rows("figures_progress", FiguresProgress.Read, cancel))[0] == portion.From
                    ? await work(connection) : otherwise,
                cancel);
    }

    /// <summary>
    /// Before somebody reads: takes in what was written a moment ago, so that readers see what they wrote. Where that would be much, the
    /// figures stay as they are, and the worker comes within its time. Answers whether nothing is missing from them.
    /// </summary>
    public async Task<bool> UpToDate(Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            while (Stopwatch.GetElapsedTime(began).TotalMilliseconds < FiguresLimits.ReaderMsMax)
                switch (await database.Use(connection => FollowALittle(connection, book, now, cancel), cancel))
                {
                    case Followed.All:
                        return true;
                    case Followed.TooMuchIsLeft:
                        return false;
                    case Followed.ByAnother: // who is done in a moment
                        await Task.Delay(FiguresLimits.ReaderPauseMs, cancel);
                        break;
                }
        }
        catch (Exception e) when (TransientFailure.Is(e))
        {
            // Whoever reads reads what is there.
        }
        return false;
    }

    /// <summary>Follows everything to where it ends now.</summary>
    public async Task FlushAsync(Rulebook book, DateTimeOffset now, CancellationToken cancel = default)
    {
        var target = await database.InBackground(connection => connection.Value<ulong>("daily_target", cancel), cancel);
        while (await Follow(book, now, cancel: cancel) || (await database.InBackground(c => Progress(c, cancel), cancel)).Through < target)
            await Task.Yield();
    }

    /// <summary>Lets a pass look at everybody once more: what they count has another meaning than when they were made.</summary>
    public Task Again(CancellationToken cancel = default) =>
        database.InBackground(connection => connection.Execute("figures_again", cancel), cancel);

    /// <summary>Whose stored figures or searched texts are not what they should be as of an instant, or later that day.</summary>
    public Task<HashSet<string>> Differing(
        IReadOnlyList<StoredCustomer> customers, Rulebook book, DateTimeOffset now, CancellationToken cancel) =>
        database.InBackground(async connection =>
        {
            var day = (await Progress(connection, cancel)).Day;
            if (day > book.Calendar.DayOf(now)) now = book.Calendar.StartOf(day.Value);
            var wrong = await Differing(connection, customers, book, now, cancel);
            // Those whom time alone changes may have been made a moment later.
            var due = customers.Where(customer => wrong.Contains(customer.Id))
                .ToLookup(customer => CustomerFigures.Of(customer.State, book.Calendar, now).DueAt);
            foreach (var later in due)
                if (later.Key is { } at)
                {
                    wrong.ExceptWith(later.Select(customer => customer.Id));
                    wrong.UnionWith(await Differing(connection, [.. later], book, at, cancel));
                }
            return wrong;
        }, cancel);

    private static async Task<HashSet<string>> Differing(
        NpgsqlConnection connection, IReadOnlyList<StoredCustomer> customers, Rulebook book, DateTimeOffset now,
        CancellationToken cancel)
    {
        var differing = new HashSet<string>(StringComparer.Ordinal);
        var made = MadeFigures.Compared(customers, book, now);
        if (made.IsEmpty) return differing;
        await using var batch = made.Batch(connection);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        do while (await reader.ReadAsync(cancel)) differing.Add(reader.GetString(0));
        while (await reader.NextResultAsync(cancel));
        return differing;
    }

    private static async Task<FiguresProgress> Progress(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.Rows("figures_progress_read", FiguresProgress.Read, cancel))[0];

    /// <summary>As <see cref="Follow(NpgsqlConnection, string, Rulebook, DateTimeOffset, int, int, CancellationToken)"/>.</summary>
    private async Task<Followed> FollowALittle(
        NpgsqlConnection connection, Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        var progress = await Progress(connection, cancel);
        var waiting = await connection.Value<long>(
            "figures_waiting", cancel, Db.TransactionId(progress.Through), progress.Ledger, now, FiguresLimits.ReaderWaitingMax + 2);
        if (waiting > FiguresLimits.ReaderWaitingMax + 1) return Followed.TooMuchIsLeft;
        if (waiting == 0 && !progress.NeedsPass(book.Calendar.DayOf(now), book.Model?.Number)) return Followed.All;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        // What was taken in is taken in again while any transaction of the server runs: somebody may hold the rows for as long.
        await connection.Value<string>("figures_patience", cancel, $"{FiguresLimits.ReaderMsMax}ms");
        var more = await Follow(connection, "figures_progress_try", book, now, FiguresLimits.ReaderWaitingMax, pagesMax: 1, cancel);
        await transaction.CommitAsync(cancel);
        return more switch { true => Followed.APart, false => Followed.All, null => Followed.ByAnother };
    }

    /// <summary>Follows one portion in one transaction: whether more is left; null while another process is at it.</summary>
    private async Task<bool?> Follow(
        NpgsqlConnection connection, string claim, Rulebook book, DateTimeOffset now, int portionMax, int pagesMax,
        CancellationToken cancel)
    {
        if (await Begin(connection, claim, book, now, portionMax, follows: true, cancel) is not { } portion) return null;
        foreach (var ids in portion.Changed.Keys.Chunk(FiguresLimits.CustomersPerStatementMax))
            await Make(connection, ids, portion, cancel);
        return await End(connection, portion, pagesMax, cancel);
    }

    /// <summary>What is to be followed; null while another process is at it, or where all had to begin on another server.</summary>
    private static async Task<Portion?> Begin(
        NpgsqlConnection connection, string claim, Rulebook book, DateTimeOffset now, int portionMax, bool follows,
        CancellationToken cancel)
    {
        if (await connection.Rows(claim, FiguresProgress.Read, cancel) is not [var progress]) return null;
        // A dump that was restored on another server brings transaction ids that mean nothing there.
        var here = await connection.Value<string>("log_server", cancel) ?? "";
        if (progress.Server != here)
        {
            await connection.Execute("figures_begin", cancel, here);
            return null;
        }
        // Another process has begun the day already: its clock is a moment ahead.
        if (progress.Begun is { } begun && begun > book.Calendar.DayOf(now)) now = book.Calendar.StartOf(begun);

        var (reach, end, ledger, isFull) = (await connection.Rows(
            "figures_portion_end",
            row => (
                row.IsDBNull(0) ? (ulong?)null : row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1), row.GetInt64(2),
                row.GetBoolean(3)),
            cancel, Db.TransactionId(progress.Through), portionMax, progress.Ledger))[0];
        if (!follows) (reach, end) = (progress.Through, progress.Through);
        var changed = (await connection.Rows(
            "figures_changed", row => (row.GetString(0), row.GetBoolean(1)), cancel, Db.TransactionId(progress.Through),
            Db.TransactionId(reach), progress.Ledger, ledger, now, portionMax)).ToDictionary(StringComparer.Ordinal);
        // What lies behind a transaction that is still running has been taken in, too, and is once more.
        return new Portion(
            progress, progress with { Through = Math.Max(end, progress.Through), Ledger = ledger }, changed, book, now,
            MayBeMore: (follows && reach is not null) || isFull || changed.Count >= portionMax);
    }

    /// <summary>Goes on with the pass of the day and remembers how far all came: whether more is left.</summary>
    private async Task<bool> End(NpgsqlConnection connection, Portion portion, int pagesMax, CancellationToken cancel)
    {
        var (next, book) = (portion.To, portion.Book);
        var (today, model) = (book.Calendar.DayOf(portion.Now), book.Model?.Number);
        if (portion.From.NeedsPass(today, model))
            next = await Pass(connection, portion.From.Passing(today, model) with { Through = next.Through, Ledger = next.Ledger },
                today, pagesMax, book, portion.Now, cancel);
        if (next != portion.From)
            await connection.Execute(
                "figures_progress_store", cancel, Db.TransactionId(next.Through), next.Ledger, DateOf(next.Day), DateOf(next.PassDay),
                next.Cursor, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = next.Model ?? (object)DBNull.Value },
                DateOf(next.ModelDay));
        return portion.MayBeMore || next.PassDay is not null;
    }

    /// <summary>
    /// Some pages of the pass of a day. While one is stored, the next is read on another connection and made: what it reads is no older
    /// than where this portion follows the log to, so that whoever changes meanwhile is followed later.
    /// </summary>
    private async Task<FiguresProgress> Pass(
        NpgsqlConnection connection, FiguresProgress progress, DateOnly today, int pagesMax, Rulebook book, DateTimeOffset now,
        CancellationToken cancel)
    {
        var isFirst = progress.Day is null;
        var (made, last) = await PageBehind(connection, progress.Cursor);
        for (var pages = 1; ; pages++)
        {
            progress = last is null ? progress with { Day = today, PassDay = null, Cursor = "", ModelDay = today }
                : progress with { PassDay = today, Cursor = last, ModelDay = null };
            if (last is null || pages == pagesMax)
            {
                await made.Store(connection, cancel);
                return progress;
            }
            var after = last;
            var ahead = database.InBackground(another => PageBehind(another, after), cancel);
            await Task.WhenAll(made.Store(connection, cancel), ahead);
            (made, last) = await ahead;
        }

        async Task<(MadeFigures Made, string? Last)> PageBehind(NpgsqlConnection reading, string after)
        {
            var page = await reading.Rows(
                "figures_pass", StoredCustomer.Read, cancel, after, FiguresLimits.CustomersPerStatementMax,
                CustomerLimits.BytesPerCustomerMax, CustomerLimits.BytesPerLoadMax);
            var mayGoOn = page.Count == FiguresLimits.CustomersPerStatementMax || StoredCustomer.Fill(page, CustomerLimits.BytesPerLoadMax);
            var made = isFirst ? MadeFigures.Whole(page, _ => true, book, now) : MadeFigures.OfDay(page, book, now);
            return (made, mayGoOn ? page[^1].Id : null);
        }
    }

    private static async Task Make(NpgsqlConnection connection, string[] ids, Portion portion, CancellationToken cancel)
    {
        var left = ids.ToHashSet(StringComparer.Ordinal);
        List<StoredCustomer> page;
        do
        {
            page = await connection.Rows(
                "figures_customers", StoredCustomer.Read, cancel, Db.Texts(left), CustomerLimits.BytesPerCustomerMax,
                CustomerLimits.BytesPerLoadMax);
            await MadeFigures.Whole(page, id => portion.Changed[id], portion.Book, portion.Now).Store(connection, cancel);
            foreach (var customer in page)
                if (customer.IsReadable) left.Remove(customer.Id);
        }
        while (StoredCustomer.Fill(page, CustomerLimits.BytesPerLoadMax) && page.Exists(customer => customer.IsReadable));
        // Nobody waits for one that cannot be read or is gone.
        if (left.Count > 0) await connection.Execute("figures_not_due", cancel, Db.Texts(left), portion.Now);
    }

    private static NpgsqlParameter DateOf(DateOnly? day) =>
        new() { NpgsqlDbType = NpgsqlDbType.Date, Value = day is { } known ? known : DBNull.Value };
}
