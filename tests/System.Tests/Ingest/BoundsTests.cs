using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using LStep.Api.Ingest;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Ingest;

/// <summary>
/// With room for next to nothing, and a crowd: everybody gets in at last, nobody twice, and all others are told when to come again.
/// </summary>
public sealed class BoundsTests
{
    private const int Clients = 24;
    private const int RequestsEach = 20;
    private const int EventsEach = 5;

    public static TheoryData<IngestOptions> Tiny =>
    [
        new IngestOptions { RequestsInFlightMax = 2 },
        new IngestOptions { EventsInFlightMax = 2 * EventsEach },
        new IngestOptions { BodyBytesInFlightMax = 40 * 1024 },
    ];

    [Theory]
    [MemberData(nameof(Tiny))]
    public async Task A_full_silo_refuses_with_a_time_to_come_again_and_loses_and_doubles_nothing(IngestOptions tiny)
    {
        await using var host = await LStepHost.Start(with: options => options with { Ingest = tiny });
        var refusals = new ConcurrentDictionary<string, int>();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Post(host, client, refusals)));

        Assert.Equal(["overloaded"], refusals.Keys);
        Assert.Equal(Clients * RequestsEach * EventsEach, (await host.Database.EveryMessageId()).Count);
        Assert.Equal(Clients * RequestsEach * EventsEach, await host.Database.Count("activities"));
        foreach (var room in new InFlight[] { host.Services.GetRequiredService<RequestsInFlight>(),
            host.Services.GetRequiredService<EventsInFlight>(), host.Services.GetRequiredService<BytesInFlight>() })
            Assert.Equal(0, room.Taken);
    }

    private static async Task Post(LStepHost host, int client, ConcurrentDictionary<string, int> refusals)
    {
        for (var request = 0; request < RequestsEach; request++)
        {
            var batch = Enumerable.Range(0, EventsEach).Select(n => Track(
                $"crowd-{(client + n) % 7}", "Login", host.Now.AddMinutes(-client), messageId: $"{client}-{request}-{n}")).ToList();
            while (true)
            {
                using var answer = await host.Ingest.PostAsJsonAsync("/v1/batch", new { batch });
                if (answer.StatusCode == HttpStatusCode.OK) break;
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
                Assert.Equal("1", Assert.Single(answer.Headers.GetValues("Retry-After")));
                Assert.Equal("1", Assert.Single(answer.Headers.GetValues("X-RateLimit-Reset")));
                refusals.AddOrUpdate((await answer.Code())!, 1, (_, count) => count + 1);
                await Task.Delay(5); // a polite client would wait the second it was told
            }
        }
    }
}
