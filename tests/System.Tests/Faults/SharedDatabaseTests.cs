using LStep.Grains.Database.Postgres;
using LStep.Workbench.Processes;

namespace LStep.System.Tests.Faults;

public sealed class SharedDatabaseTests
{
    [Fact]
    public async Task Two_silo_processes_given_the_same_customers_at_once_lose_and_double_nothing()
    {
        var database = await PostgresFixture.FreshDatabase();
        var starting = new[] { SiloProcess.Start(database), SiloProcess.Start(database) };
        await using var one = await starting[0];
        await using var other = await starting[1];
        var load = Load.Of([one.Address, other.Address], SiloProcess.WriteKey, customers: 40, requests: 600);

        await load.Run(requestsInAll: 600).ContinueWith(
            run => Assert.True(run.IsCompletedSuccessfully, $"{run.Exception}\n{one.Output}\n{other.Output}"), TaskScheduler.Default);

        await load.Audit(database);
    }

    [Fact]
    public async Task While_PostgreSQL_is_stopped_clients_are_told_503_and_nothing_is_lost_when_it_is_back()
    {
        var folder = Directory.CreateTempSubdirectory("lstep-outage-").FullName;
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        try
        {
            await using var server = await PrivatePostgres.Start(folder);
            await using (var host = await LStepHost.Start(connectionString: server.ConnectionString))
            {
                var load = Load.Of([host.Address], host.WriteKey, customers: 200, requests: 600);
                var running = load.Run(requestsInAll: 600);
                await Signals.Until(() => load.Acknowledged.Count > 2_000 || running.IsCompleted);

                await server.StopServer();
                await Signals.Until(() => load.Retries.GetValueOrDefault("503") > 0);
                await server.StartAgain();
                await running;

                await load.Audit(server.ConnectionString);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
