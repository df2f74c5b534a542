using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace LStep.System.Tests.Ingest;

public class BodyTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;
    private const int Limit = 4 * 1024 * 1024;
    private readonly IngestClient client = new(fixture.Host.Address, fixture.Host.WriteKey);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_packed_body_is_unpacked(string encoding)
    {
        var body = IngestClient.Packed(encoding, Encoding.UTF8.GetBytes(
            $$"""{"batch":[{"type":"track","userId":"packed","messageId":"{{encoding}}","event":"Login"}]}"""));
        (await client.Post("/v1/batch", body, request => request.Content!.Headers.ContentEncoding.Add(encoding))).Succeeded();
        Assert.Contains(encoding, await host.Database.Log("packed"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_small_body_that_unpacks_to_a_huge_one_is_stopped_at_the_limit(string encoding)
    {
        var bomb = IngestClient.Packed(encoding, new byte[256 * 1024 * 1024]);
        Assert.InRange(bomb.Length, 1, Limit - 1);
        var before = GC.GetTotalAllocatedBytes();
        var reply = await client.Post("/v1/batch", bomb, request => request.Content!.Headers.ContentEncoding.Add(encoding));
        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (reply.Status, reply.Code));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 * 1024 * 1024);
    }

    [Theory]
    [InlineData("gzip", "malformed")]
    [InlineData("br", "malformed")]
    [InlineData("deflate", "malformed")]
    [InlineData("zstd", "unknown_encoding")]
    [InlineData("gzip, gzip", "unknown_encoding")]
    public async Task What_is_not_packed_as_it_says_is_malformed(string encoding, string code)
    {
        var reply = await client.Post("/v1/batch", """{"batch":[]} and more that is long enough""", request =>
            request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", encoding));
        Assert.Equal((HttpStatusCode.BadRequest, code), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData(Limit, false, true)]
    [InlineData(Limit, true, true)]
    [InlineData(Limit + 1, false, false)]
    [InlineData(Limit + 1, true, false)]
    public async Task A_body_of_exactly_the_largest_size_is_taken(int bytes, bool chunked, bool taken)
    {
        const string Frame = """{"batch":[],"x":""}""";
        var body = $$"""{"batch":[],"x":"{{new string('x', bytes - Frame.Length)}}"}""";
        var reply = await client.Post("/v1/batch", body, request => request.Headers.TransferEncodingChunked = chunked);
        if (taken) reply.Succeeded();
        else Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_reason_to_refuse() =>
        (await client.Post("/v1/batch", [0xef, 0xbb, 0xbf, .. """{"batch":[]}"""u8])).Succeeded();

    /// <summary>What was taken is in a log or waits for its sender; what was refused is in the list of refused events.</summary>
    [Fact]
    public async Task No_mutation_of_a_valid_batch_is_answered_with_a_5xx_and_nothing_is_lost()
    {
        var mutations = new Mutations(20261121);
        var refusedBefore = await host.Database.Count("rejected_events");
        var taken = new ConcurrentDictionary<string, bool>();
        var refused = 0;
        await Parallel.ForAsync(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            for (var i = 0; i < 500; i++)
            {
                byte[] body;
                lock (mutations) body = mutations.Next();
                var reply = await client.Post(i % 5 == 0 ? "/v1/import?strict=1" : "/v1/batch?strict=1", body);
                Assert.True((int)reply.Status is 207 or 400, $"{reply.Status} {reply.Text}\n{Encoding.UTF8.GetString(body)}");
                if (reply.Status == HttpStatusCode.BadRequest) continue;
                foreach (var item in reply.Json.GetProperty("items").EnumerateArray())
                    if (item.GetProperty("status").GetInt32() == 200) taken[item.GetProperty("messageId").GetString()!] = true;
                    else Interlocked.Increment(ref refused);
            }
        });
        Assert.InRange(refused, 100, 10_000);
        Assert.Equal(refused, await host.Database.Count("rejected_events") - refusedBefore);
        Assert.Empty(taken.Keys.Except(await host.Database.EveryMessageId()));
    }
}
