using LStep.Domain;
using LStep.Domain.Packing;
using LStep.Grains.Customers;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Customers;

/// <summary>States that the version before stored count repeats of modules and lessons: an upgrade counts them anew from the log.</summary>
public sealed class RecountingTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_the_version_before_stored_is_counted_anew_at_the_start_and_what_was_decided_stays()
    {
        var database = await PostgresFixture.FreshDatabase();
        CustomerState right;
        await using (var host = await LStepHost.Start(Begin, database))
        {
            await host.Post(
                Identify("ada", Begin.AddDays(-50), new { createdAt = 0, email = "ada@example.org" }), Completed("Module", "m", -2),
                Completed("Module", "m", -1), Completed("Module", "m", -40), Completed("Lesson", "l", -1), Completed("Lesson", "l", -1.01),
                Completed("Lesson", "l", -45), Completed("Lesson", "l", -45.01), Track("bob", "Logged In", Begin));
            await host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);
            right = (await Load(host, "ada"))!;
            await AsTheVersionBefore(host, right);
        }

        await using (var host = await LStepHost.Start(Begin, database))
        {
            var again = (await Load(host, "ada"))!;
            Assert.Equal(StatePacking.Pack(right with { EvaluatedAt = again.EvaluatedAt }), StatePacking.Pack(again));
            Assert.Equal((null, "ada@example.org"), (again.Profile.EnrolledAtTrait, again.Profile.Email));
            Assert.Equal(right.Version + 1, again.Version);
            var metrics = (await host.Get("/api/customers/ada")).GetProperty("metrics");
            Assert.Equal((1, 2), (
                metrics.GetProperty("modules_completed").GetInt32(), metrics.GetProperty("lessons_completed").GetInt32()));
            await HasNoDifferences(host);
        }

        await using (var host = await LStepHost.Start(Begin, database))
            Assert.Equal(right.Version + 1, (await Load(host, "ada"))!.Version);
    }

    private static object Completed(string what, string id, double day) => Track(
        "ada", $"{what} Completed", Begin.AddDays(day), what == "Module" ? new { moduleId = id } : new { lessonId = id });

    private static async Task<CustomerState?> Load(LStepHost host, string id)
    {
        await using var store = new CustomerStore(host.Database);
        return await store.Load(id);
    }

    private static async Task HasNoDifferences(LStepHost host)
    {
        var result = await host.Services.GetRequiredService<Verify>().Run(
            host.Services.GetRequiredService<RulebookSource>().Current, host.Now);
        Assert.True(result.Same, string.Join('\n', result.Differences));
        Assert.True(result.DailyRows > 3);
    }

    /// <summary>Each completion counted, a zero date taken for 1970, in the bytes of the first format.</summary>
    private static async Task AsTheVersionBefore(LStepHost host, CustomerState state)
    {
        var former = state with
        {
            Days = [.. state.Days.Select(day => day with { LessonIds = [], Lessons = 2, Modules = 1 })],
            Lifetime = state.Lifetime with { CompletedModules = [], LastUnnamedModuleAt = Begin.AddDays(-1), Modules = 3, Lessons = 4 },
        };
        await using var command = host.Database.Source.CreateCommand("""
            WITH state AS (UPDATE customer_states SET state = $1 WHERE customer_id = 'ada'),
                trait AS (UPDATE customers SET enrolled_at_trait = 'epoch', enrolled_at = 'epoch' WHERE customer_id = 'ada'),
                daily AS (UPDATE daily_learning_metrics SET modules_completed = 3, lessons_completed = 4 WHERE customer_id = 'ada')
            DELETE FROM settings WHERE name = 'states_format'
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = FirstFormat(former) });
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>The second format has modules behind the totals, of which there are none: one byte.</summary>
    private static byte[] FirstFormat(CustomerState state)
    {
        var packed = StatePacking.Pack(state);
        var more = StatePacking.Pack(state with { Lifetime = state.Lifetime with { CompletedModules = [new CompletedModule(1, Begin)] } });
        var count = packed.AsSpan().CommonPrefixLength(more);
        byte[] first = [1, .. packed[1..count], .. packed[(count + 1)..]];
        Assert.Equal(0, packed[count]);
        Assert.Equal(state.Lifetime.Modules, StatePacking.Unpack(first, "", 1, Profile.Empty, RecentMessages.Empty).Lifetime.Modules);
        return first;
    }
}
