using System.Net;
using System.Net.Http.Json;
using LStep.Grains.Customers;
using LStep.System.Tests.Ingest;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Cluster;

public sealed class FullQueueTests
{
    private const int CallsMax = 5;
    private const int Sent = 30;

    [Fact]
    public async Task More_calls_than_may_wait_at_one_customer_are_a_503_with_a_time_to_come_again_and_nothing_is_lost()
    {
        var bound = 0;
        await using var host = await LStepHost.Start(with: options => options with
        {
            Services = services => services.AddSingleton(new Residents(CustomerLimits.ResidentMax, CallsMax))
                .Configure<SiloMessagingOptions>(calls =>
                    (bound, calls.MaxEnqueuedRequestsHardLimit) = (calls.MaxEnqueuedRequestsHardLimit, CallsMax)),
        });
        Assert.InRange(bound, 1, 10_000); // the product's own
        await host.Post(Track("busy", "Login", host.Now, messageId: "first"));
        await using var held = await HeldTable.Hold(host.ConnectionString, "customer_states");

        var answers = Enumerable.Range(0, Sent).Select(n => Post(host, n)).ToList();
        await Signals.Until(() => answers.Count(answer => answer.IsCompleted) >= Sent / 2);
        Assert.DoesNotContain(answers, answer => answer.IsCompletedSuccessfully && answer.Result.StatusCode == HttpStatusCode.OK);
        // They were refused while nothing could be committed; one that is answered later may have waited in the queue for too long.
        var refused = Enumerable.Range(0, Sent).Where(n => answers[n].IsCompleted).ToHashSet();
        var logged = await host.Database.Log("busy");
        Assert.DoesNotContain(refused, n => logged.Contains($"m{n}")); // refused is not recorded
        await held.LetGo();

        for (var n = 0; n < Sent; n++)
        {
            var answer = await answers[n];
            if (answer.StatusCode == HttpStatusCode.OK) continue;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "overloaded"), (answer.StatusCode, await answer.Code()));
            Assert.Equal("1", Assert.Single(answer.Headers.GetValues("Retry-After")));
            var number = n; // the queue may be full still
            await Signals.UntilAsync(async () => (await Post(host, number)).StatusCode == HttpStatusCode.OK);
        }
        var all = Enumerable.Range(0, Sent).Select(n => $"m{n}").Append("first");
        Assert.Equal(all.Order(StringComparer.Ordinal), (await host.Database.Log("busy")).Order(StringComparer.Ordinal));
    }

    private static Task<HttpResponseMessage> Post(LStepHost host, int n) =>
        host.Ingest.PostAsJsonAsync("/v1/track", Track("busy", "Login", host.Now, messageId: $"m{n}"));
}
