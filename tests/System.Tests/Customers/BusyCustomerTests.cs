using System.Net.Http.Json;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Workbench.Faults;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>Calls for one customer that come while its last commit is under way are recorded together; nobody may notice.</summary>
public sealed class BusyCustomerTests
{
    [Fact]
    public async Task Three_hundred_requests_at_once_for_one_customer_each_sent_twice_are_recorded_once()
    {
        await using var host = await LStepHost.Start();
        var at = host.Now.AddMinutes(-10);

        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(n => host.Ingest.PostAsJsonAsync(
            "/v1/track", Track("busy", "Lesson Completed", at.AddMilliseconds(n / 2), messageId: $"m{n / 2}"))));

        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
        var busy = await host.Get("/api/customers/busy");
        Assert.Equal(300, busy.GetProperty("metrics").GetProperty("lessons_completed").GetInt32());
        await Audit(host, activities: 300);
    }

    [Fact]
    public async Task Requests_whose_common_commit_broke_off_are_taken_once_when_they_are_sent_again()
    {
        await using var host = await LStepHost.Start();
        var (at, sent) = (host.Now.AddMinutes(-10), 0);
        var cutting = CutConnections(host.ConnectionString, atLeast: 5);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            while (!cutting.IsCompleted)
            {
                var n = Interlocked.Increment(ref sent);
                while (!(await host.Ingest.PostAsJsonAsync(
                    "/v1/track", Track("cut", "Lesson Completed", at.AddMilliseconds(n), messageId: $"m{n}"))).IsSuccessStatusCode)
                    await Task.Delay(20);
            }
        }));
        await cutting;

        await Audit(host, activities: sent);
    }

    private static async Task CutConnections(string connectionString, long atLeast)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var cut = 0L; cut < atLeast;)
        {
            await timer.WaitForNextTickAsync();
            await using var command = source.CreateCommand("""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'lstep-journal' AND state = 'active'
                """);
            cut += (long)(await command.ExecuteScalarAsync())!;
        }
    }

    private static async Task Audit(LStepHost host, long activities)
    {
        var verified = await host.Services.GetRequiredService<Verify>()
            .Run(host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        Assert.True(verified.Same, string.Join('\n', verified.Differences));
        Assert.Equal(activities, verified.Activities);
    }
}
