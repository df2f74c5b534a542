using System.Collections.Immutable;
using LStep.Grains.Database;
using Orleans;

namespace LStep.Grains.Transitions;

/// <summary>
/// Takes back what a batch or a rule set version did, customer by customer, each in a commit of its own: asked again after it was cut off,
/// it goes on with those that are left.
/// </summary>
public sealed class Undoing(PostgresDatabase database, IGrainFactory grains) : IDisposable
{
    private sealed record Row(string CustomerId, int Number, long Id, bool IsNamed);

    private readonly SemaphoreSlim alone = new(1);

    /// <summary>What would be taken back; changes nothing.</summary>
    public async Task<UndoResult> Preview(UndoScope scope, bool cascade, RowsTaken taken, CancellationToken cancel)
    {
        var tally = new Tally();
        await foreach (var page in Pages(scope, cancel))
        {
            foreach (var (customer, named, standing) in page)
                if (cascade || standing.TrueForAll(row => row.IsNamed)) tally.Taken(standing.Count, standing);
                else tally.Left(new MovedOn(customer, standing[^1].Id));
            await tally.Tell(taken);
        }
        return tally.Result;
    }

    /// <summary>Null when another one runs here: it is waited for by asking again.</summary>
    public async Task<UndoResult?> Run(
        UndoScope scope, bool cascade, string? note, Person by, RowsTaken taken, CancellationToken cancel)
    {
        if (!await alone.WaitAsync(TimeSpan.Zero, cancel)) return null;
        try
        {
            var tally = new Tally();
            await foreach (var page in Pages(scope, cancel))
            {
                await Parallel.ForEachAsync(
                    page, new ParallelOptions { MaxDegreeOfParallelism = UndoLimits.CustomersAtOnceMax, CancellationToken = cancel },
                    async (one, _) =>
                    {
                        var act = new UndoTransitions(by, one.Named, cascade, note);
                        var result = await grains.GetGrain<ICustomerGrain>(one.Customer).Act(act);
                        if (result.Refusal == ActRefusal.NotLatest) tally.Left(new MovedOn(one.Customer, one.Standing[^1].Id));
                        else tally.Taken(result.Rows.Length, cascade ? one.Standing : one.Standing.Where(row => row.IsNamed));
                    });
                await tally.Tell(taken);
            }
            return tally.Result;
        }
        finally
        {
            alone.Release();
        }
    }

    public void Dispose() => alone.Dispose();

    /// <summary>By customer: the rows that are named, and all that stand from the first of them on.</summary>
    private async IAsyncEnumerable<List<(string Customer, ImmutableArray<int> Named, List<Row> Standing)>> Pages(
        UndoScope scope, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (var after = ""; ;)
        {
            var rows = await Page(scope, after, cancel);
            if (rows.Count == 0) yield break;
            after = rows[^1].CustomerId;
            yield return
            [
                .. rows.GroupBy(row => row.CustomerId).Select(own =>
                {
                    var standing = own.SkipWhile(row => !row.IsNamed).ToList();
                    return (own.Key, standing.Where(row => row.IsNamed).Select(row => row.Number).ToImmutableArray(), standing);
                }),
            ];
        }
    }

    private Task<List<Row>> Page(UndoScope scope, string after, CancellationToken cancel) => database.InBackground(
        connection => scope switch
        {
            UndoScope.OfBatch batch => connection.Rows("undo_of_batch", Read, cancel, batch.Id, after, UndoLimits.CustomersPerPageMax),
            UndoScope.OfVersion version => connection.Rows(
                "undo_of_version", Read, cancel, version.Version, after, UndoLimits.CustomersPerPageMax, version.Since.ToUniversalTime()),
            _ => throw new InvalidOperationException("a closed set has grown"),
        }, cancel);

    private static Row Read(Npgsql.NpgsqlDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetBoolean(3));

    private sealed class Tally
    {
        private readonly Lock gate = new();
        private readonly List<MovedOn> movedOn = [];
        private readonly List<Row> page = [];
        private int count, left;

        public UndoResult Result => new(count, movedOn, left);

        /// <param name="took">Those that were taken back, if any was.</param>
        public void Taken(int rows, IEnumerable<Row> took)
        {
            lock (gate)
            {
                count += rows;
                if (rows > 0) page.AddRange(took);
            }
        }

        public async Task Tell(RowsTaken taken)
        {
            if (page.Count > 0) await taken([.. page.Select(row => row.CustomerId)], [.. page.Select(row => row.Number)]);
            page.Clear();
        }

        public void Left(MovedOn one)
        {
            lock (gate)
                if (left++ < UndoLimits.MovedOnListedMax) movedOn.Add(one);
        }
    }
}
