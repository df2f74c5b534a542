using System.Net;
using System.Text;
using LStep.System.Tests.Hosting;

namespace LStep.System.Tests.Ingest;

public sealed class HttpMutationTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private const int Seed = 20261121;
    private const int Requests = 10_000;
    private const int AtOnce = 8;

    private static readonly string[] Paths = ["batch", "batch?strict=1", "import", "b", "track", "identify", "page", "screen", "group", "alias"];

    /// <summary>The whole way, from the socket to the tables: whatever comes is taken, or refused with a problem that has a code.</summary>
    [Fact]
    public async Task No_mutation_of_a_valid_request_gets_a_5xx()
    {
        var client = new IngestClient(fixture.Host.Address, fixture.Host.WriteKey);
        var mutations = new Mutations(Seed);
        var bodies = Enumerable.Range(0, Requests).Select(_ => mutations.Next()).ToArray();
        var taken = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            // Bodies of a batch suit the first paths best; the others see them as one odd message.
            var path = Paths[i % 3 != 0 ? 0 : i / 3 % Paths.Length];
            var reply = await client.Post($"/v1/{path}", bodies[i]);
            if (reply.Status is HttpStatusCode.OK or HttpStatusCode.MultiStatus) Interlocked.Increment(ref taken);
            else if (reply.Status != HttpStatusCode.BadRequest || reply.ContentType != "application/problem+json" || string.IsNullOrEmpty(reply.Code))
                Assert.Fail($"seed {Seed}, round {i}, {path}: {(int)reply.Status} {reply.Text}\n{Encoding.UTF8.GetString(bodies[i])}");
        });
        Assert.InRange(taken, Requests / 10, Requests);
    }
}
