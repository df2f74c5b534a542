using LStep.Silo;
using Npgsql;

namespace LStep.Workbench.Sends;

/// <summary>
/// Has the silos of a run wait at a step of a send: triggers of the run's database ask for a lock that this has taken. What a session of a
/// killed process goes on doing when the lock is given back is what PostgreSQL would have done with it anyway.
/// </summary>
internal sealed class StepHolds : IAsyncDisposable
{
    private static readonly TimeSpan ReachedWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMilliseconds(3);

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlConnection holding;

    private StepHolds(NpgsqlDataSource source, NpgsqlConnection holding) => (this.source, this.holding) = (source, holding);

    /// <summary>A silo's connections say its number, so that each can be held by itself.</summary>
    public static string Of(string connectionString, int silo)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        settings.Options = $"{settings.Options} -c lstep.silo={silo}".Trim();
        return settings.ConnectionString;
    }

    public static async Task<StepHolds> Install(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using (var command = source.CreateCommand(WorkbenchSql.Query("sends_holds"))) await command.ExecuteNonQueryAsync(cancel);
        return new StepHolds(source, await source.OpenConnectionAsync(cancel));
    }

    public async Task Hold(int hold, int silos, CancellationToken cancel)
    {
        for (var silo = 0; silo < silos; silo++)
        {
            await using var command = new NpgsqlCommand(WorkbenchSql.Query("sends_hold"), holding);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = hold });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = silo });
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>The first silo that stands there.</summary>
    public async Task<int> Reached(int hold, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(ReachedWithin);
        while (true)
        {
            if (await At(hold, cancel) is [var first, ..]) return first.Silo;
            await Task.Delay(LooksEvery, MachineClock.Instance, patience.Token);
        }
    }

    /// <summary>Ends what a silo's sessions do at a hold, so that nothing of it is committed.</summary>
    public async Task EndSessions(int hold, int silo, CancellationToken cancel)
    {
        foreach (var (_, session) in (await At(hold, cancel)).Where(one => one.Silo == silo))
        {
            await using var command = source.CreateCommand(WorkbenchSql.Query("sends_end_session"));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = session });
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    public async Task LetGo(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(WorkbenchSql.Query("sends_let_go"), holding);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public ValueTask DisposeAsync() => holding.DisposeAsync();

    private async Task<List<(int Silo, int Session)>> At(int hold, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(WorkbenchSql.Query("sends_held"));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = hold });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var held = new List<(int, int)>();
        while (await row.ReadAsync(cancel)) held.Add((row.GetInt32(0), row.GetInt32(1)));
        return held;
    }
}
