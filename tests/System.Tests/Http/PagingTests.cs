using System.Text.Json;
using LStep.Grains;
using LStep.System.Tests.Ingest;

namespace LStep.System.Tests.Http;

public sealed class PagingTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    public Task InitializeAsync() => host.Post([.. Enumerable.Range(0, 23).SelectMany(i => new[]
    {
        ApiHost.Track($"learner-{i:00}", "Login"),
        ApiHost.Track($"learner-{i:00}", "NPS Submitted", new { score = 3 }, ApiHost.Noon.AddMinutes(-1)),
    })]);

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("/api/customers?limit=5", "id", 23)]
    [InlineData("/api/customers?limit=23", "id", 23)]
    [InlineData("/api/customers?limit=500", "id", 23)]
    [InlineData("/api/customers?limit=4&tag=ST_001", "id", 23)]
    [InlineData("/api/customers?limit=4&tag=ST_006", "id", 0)]
    [InlineData("/api/customers?limit=3&risk=support_burden", "id", 23)]
    [InlineData("/api/customers?limit=3&risk=billing_risk", "id", 0)]
    [InlineData("/api/customers?limit=3&q=learner-1", "id", 10)]
    [InlineData("/api/customers?limit=3&q=_", "id", 0)]
    [InlineData("/api/transitions?limit=7", "id", 23)]
    [InlineData("/api/customers/learner-00/timeline?limit=1", "at", 3)]
    public async Task Pages_follow_each_other_without_hole_or_repeat(string path, string key, int count)
    {
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await host.Get(path + (cursor == "" ? "" : $"&cursor={cursor}"));
            var items = page.GetProperty("items");
            seen.AddRange(items.EnumerateArray().Select(
                item => item.GetProperty(key).ToString() + (item.TryGetProperty("kind", out var kind) ? kind : default)));
            cursor = page.GetProperty("next").GetString();
            Assert.True(cursor is null || items.GetArrayLength() > 0);
        }
        Assert.Equal(count, seen.Count);
        Assert.Equal(count, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_ledger_is_read_on_from_the_last_id_seen()
    {
        var all = Ids(await host.Get("/api/transitions"));
        Assert.Equal(all.Order(), all);
        Assert.Equal(all.Skip(3), Ids(await host.Get($"/api/transitions?after={all[2]}")));
    }

    private static List<long> Ids(JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64())];
}
