using System.Net;
using LStep.Api.Ingest;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Ingest;

/// <summary>What is kept of refused and anonymous events is bounded by key and day; the rest is counted.</summary>
public sealed class KeptBytesTests
{
    private const string Other = "another-write-key-of-the-tests";

    [Fact]
    public async Task Refused_events_beyond_the_bound_are_counted_and_one_row_says_so()
    {
        await using var host = await LStepHost.Start(with: options => options with
        {
            Ingest = new IngestOptions { RejectedBytesPerKeyAndDayMax = 20 * 1024 },
        });
        var client = new IngestClient(host.Address, host.WriteKey);
        string[] refused = [.. Enumerable.Range(0, 100).Select(n => $$"""{"type":"track","event":"{{new string('x', 1_000)}}{{n}}"}""")];

        for (var round = 1; round <= 2; round++)
        {
            var reply = await client.Batch(refused);
            Assert.Equal((HttpStatusCode.OK, 100), (reply.Status, reply.Json.GetProperty("rejected").GetArrayLength()));
        }

        var items = (await host.Get("/api/rejected?limit=500")).GetProperty("items").EnumerateArray().ToList();
        var summary = Assert.Single(items, item => item.GetProperty("code").GetString() == "rejected_not_kept");
        var kept = items.Count - 1;
        Assert.InRange(kept, 10, 20);
        Assert.Contains($" {200 - kept} more ", summary.GetProperty("message").GetString(), StringComparison.Ordinal);

        await host.Services.GetRequiredService<Tokens>().Keep(Other, Role.Ingest, "another");
        await new IngestClient(host.Address, Other).Batch("""{"type":"track","messageId":"of-another"}""");
        Assert.Equal(["no_id of-another"], await host.Database.Rejected("of-another"));
    }

    [Fact]
    public async Task Anonymous_events_beyond_the_bound_are_refused_in_the_answer_and_counted()
    {
        await using var host = await LStepHost.Start(with: options => options with
        {
            Ingest = new IngestOptions { AnonymousBytesPerKeyAndDayMax = 10 * 1024 },
        });
        var client = new IngestClient(host.Address, host.WriteKey);
        string Event(int n) =>
            $$$"""{"type":"track","anonymousId":"a{{{n}}}","messageId":"m{{{n}}}","event":"Login","properties":{"x":"{{{new string('x', 1_000)}}}"}}""";

        var reply = await client.Batch([.. Enumerable.Range(0, 20).Select(Event)]);

        var refused = reply.Json.GetProperty("rejected").EnumerateArray().ToList();
        Assert.All(refused, one => Assert.Equal("too_many_anonymous", one.GetProperty("code").GetString()));
        var kept = await host.Database.Count("anonymous_activities");
        Assert.Equal(20, kept + refused.Count);
        Assert.InRange(kept, 5, 10);
        var listed = Assert.Single((await host.Get("/api/rejected")).GetProperty("items").EnumerateArray());
        Assert.Equal("anonymous_not_kept", listed.GetProperty("code").GetString());
        // One that is kept already is a duplicate as ever, and who is known is taken as ever.
        (await client.Batch("""{"type":"track","userId":"known","event":"Login"}""")).Succeeded();
    }
}
