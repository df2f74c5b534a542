using LStep.Grains.Customers;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Workbench.Replay;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LStep.System.Tests.Replay;

/// <summary>
/// Some learners of both presentations, or all, two years of days, through HTTP; then what is stored against counts made without the
/// product.
/// </summary>
public sealed class FullReplayTests
{
    private static readonly string[] Courses = ["AAA_2013J", "BBB_2013B"];

    [OuladFact]
    public async Task Two_years_of_real_learners_are_stored_as_the_tables_have_them_and_verify_finds_no_difference()
    {
        var source = ReplaySource.Open([OuladData.At("events")]);
        await using var host = await LStepHost.Start(ReplayedSmoke.Midnight(source.First));

        using var client = new LStepClient(host.Address, host.WriteKey, host.AdminToken);
        var player = new ReplayPlayer(client, new ReplayLedger(client));
        var sent = 0;
        foreach (var day in source.Days())
        {
            var some = day with { Messages = [.. day.Messages.Where(message => OuladData.IsChosen(message.Sender))] };
            sent += some.Messages.Count;
            await player.PlayDay(some, CancellationToken.None);
        }

        Assert.Null(player.FirstRejected);
        await EveryLearnerAndDayEqualsTheGoldenCounts(host.ConnectionString);
        var verified = await host.Services.GetRequiredService<Verify>()
            .Run(host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        Assert.True(verified.Same, string.Join('\n', verified.Differences.Take(10)));
        Assert.Equal(sent, verified.Activities);
        await DailyRowsAndLifetimeTotalsEqualARecount(host.ConnectionString, host.Services.GetRequiredService<CustomerStore>());
    }

    private static async Task EveryLearnerAndDayEqualsTheGoldenCounts(string connectionString)
    {
        var stored = await FedClicks.Stored(connectionString);
        var golden = Courses.SelectMany(course => FedClicks.Golden(OuladData.At("golden", $"{course}.daily.csv.gz"), course))
            .Where(counted => OuladData.IsChosen(counted.Key.Learner)).ToList();
        Assert.Equal(golden.Count, stored.Count);
        foreach (var (key, clicks) in golden) Assert.Equal((key, clicks), (key, stored[key]));
    }

    private static async Task DailyRowsAndLifetimeTotalsEqualARecount(string connectionString, CustomerStore customers)
    {
        var recounts = Courses.SelectMany(course => Recount.Of(OuladData.At("oulad", course)))
            .Where(recount => OuladData.IsChosen(recount.Key)).ToDictionary();
        var rows = await DailySums(connectionString);
        var stored = await customers.LoadMany([.. recounts.Keys]);
        Assert.True(stored.Count > 200, $"{stored.Count} learners");
        foreach (var customer in stored)
        {
            var (life, recount) = (customer.State.Lifetime, recounts[customer.Id]);
            Assert.Equal((customer.Id, recount), (customer.Id, rows.GetValueOrDefault(customer.Id, new Recount(0, 0, 0, 0))));
            Assert.Equal((customer.Id, recount.Lessons, recount.Assessments, recount.Modules), (
                customer.Id, life.Lessons, life.Assessments, life.Modules));
        }
    }

    private static async Task<Dictionary<string, Recount>> DailySums(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("""
            SELECT customer_id, sum(lessons_completed)::int, sum(comments_made)::int, sum(assessments_taken)::int, sum(modules_completed)::int
            FROM daily_learning_metrics GROUP BY 1
            """);
        var sums = new Dictionary<string, Recount>();
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            sums[row.GetString(0)] = new Recount(row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4));
        return sums;
    }
}
