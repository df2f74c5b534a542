using LStep.Api.Ingest;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Ingest;

/// <summary>The log keeps the order in which requests came, also of those that came at the same instant.</summary>
public sealed class RequestNumberTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Numbers_ascend_whatever_the_clock_does_and_never_fall_behind_it()
    {
        for (var seed = 0; seed < 100; seed++)
        {
#pragma warning disable RS0030 // Chance from a seed that the failure names.
            var random = new Random(seed);
#pragma warning restore RS0030
            var (numbers, restarted, before) = (new RequestNumbers(), false, long.MinValue);
            var (now, latest) = (Begin, Begin);
            for (var i = 0; i < 1_000; i++)
            {
                now = now.AddMilliseconds(random.Next(-3, 6));
                if (!restarted && i > 500 && now > latest.AddMilliseconds(1)) (numbers, restarted) = (new RequestNumbers(), true);
                if (now > latest) latest = now;
                var next = numbers.Next(now);
                Assert.True(next > before, $"seed {seed}: {next} after {before}");
                Assert.True(next >> 14 >= now.ToUnixTimeMilliseconds(), $"seed {seed}");
                before = next;
            }
        }
        Assert.True(new RequestNumbers().Next(DateTimeOffset.MaxValue) > new RequestNumbers().Next(Begin));
        Assert.True(new RequestNumbers().Next(DateTimeOffset.MinValue) < 0);
    }

    [Fact]
    public async Task Requests_of_one_instant_keep_their_order_in_the_log_and_those_after_a_restart_come_later()
    {
        var database = await PostgresFixture.FreshDatabase();
        await using (var host = await LStepHost.Start(Begin, database))
        {
            await host.Post(Track("c", "Logged In", Begin, messageId: "m1"), Track("d", "Logged In", Begin, messageId: "m2"));
            await host.Post(Track("c", "Logged In", Begin, messageId: "m3"));
            await host.Post(new { type = "track", anonymousId = "a", @event = "Logged In", messageId = "m4", timestamp = Begin });
            await host.Post(Track("d", "Logged In", Begin, messageId: "m5"));
            await host.Post(
                new { type = "identify", userId = "c", anonymousId = "a", messageId = "m6", timestamp = Begin, traits = new { } });
            await host.MoveClock(Begin.AddMinutes(1));
        }
        await using (var host = await LStepHost.Start(Begin, database)) await host.Post(Track("c", "Logged In", Begin, messageId: "m7"));

        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            "SELECT string_agg(message_id, ' ' ORDER BY received_at, batch_no, message_id), count(DISTINCT batch_no) FROM activities");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        // m4 was received by its customer when the identify came.
        Assert.Equal(("m1 m2 m3 m5 m6 m4 m7", 6L), (row.GetString(0), row.GetInt64(1)));
    }
}
