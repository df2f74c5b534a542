using LStep.Grains.Database;
using LStep.Workbench.Client;
using LStep.Workbench.Processes;
using Npgsql;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>A dashboard that is open during a measurement, so that the live feed has somebody to tell.</summary>
internal sealed class FeedListener : IAsyncDisposable
{
    private static readonly TimeSpan ToldWithin = TimeSpan.FromMinutes(1);

    private readonly HubClient hub;
    private long last;

    private FeedListener(HubClient hub, long last) => (this.hub, this.last) = (hub, last);

    public static async Task<FeedListener> Open(SiloUnderTest silo, CancellationToken cancel)
    {
        var hub = await HubClient.Connect(silo.Address, SiloProcess.AdminToken, cancel);
        return new FeedListener(hub, (await hub.Subscribe(new { }, cancel)).GetProperty("after").GetInt64());
    }

    /// <summary>Until it was told of every transition that is in the ledger by now.</summary>
    public async Task UntilAllIsTold(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Sql.Query("feed_ledger_end"));
        var end = (long)(await command.ExecuteScalarAsync(cancel))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(ToldWithin);
        while (last < end)
        {
            var told = await hub.Heard.ReadAsync(patience.Token);
            if (told.Target == "transition") last = told.Argument.GetProperty("id").GetInt64();
            if (told.Target == "gap") last = told.Argument.GetProperty("to").GetInt64();
        }
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
