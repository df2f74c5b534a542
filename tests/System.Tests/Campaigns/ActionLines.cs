using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using Npgsql;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>Customers whose tags are set by hand, and their actions as the API answers them.</summary>
internal static class ActionLines
{
    /// <summary>A Tuesday.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);

    /// <summary>All channels, and nobody outside is contacted.</summary>
    public static Task<LStepHost> Start(DateTimeOffset? begin = null, ChannelSettings? channels = null) =>
        LStepHost.Start(begin ?? Begin, with: options => options with
        {
            Channels = channels ?? ChannelSettings.SinkOnly, ApiRequestsPerSecond = 10_000,
        });

    /// <summary>A new customer, who is active, and whom no rule moves.</summary>
    public static async Task Come(this LStepHost host, string id, object traits)
    {
        await host.Post(Identify(id, host.Now, traits));
        await host.Put(id, "ST_001");
    }

    /// <summary>
    /// Sets a tag by hand, so that no rule changes it within the year; what follows at once has followed when this returns.
    /// </summary>
    public static async Task Put(this LStepHost host, string id, string tag)
    {
        var answer = await host.Client.PutAsJsonAsync(
            $"/api/customers/{id}/status", new { tag, reason = "as agreed", lockedUntil = host.Now.AddDays(365) });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        await host.MoveClock(host.Now);
    }

    public static async Task Flag(this LStepHost host, string name, bool value) =>
        Assert.True((await host.Client.PutAsJsonAsync($"/api/flags/{name}", new { value })).IsSuccessStatusCode);

    /// <summary>In the order in which they were planned.</summary>
    public static async Task<List<JsonElement>> Actions(this LStepHost host, string customer)
    {
        var page = await host.Get($"/api/actions?customer={customer}&limit=500");
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        return [.. page.GetProperty("items").EnumerateArray().Reverse()];
    }

    /// <summary>"campaign step status reason" of each.</summary>
    public static async Task<List<string>> Lines(this LStepHost host, string customer, string? campaign = null) =>
    [
        .. (await host.Actions(customer)).Where(one => campaign is null || one.Text("campaign") == campaign)
            .Select(one => $"{one.Text("campaign")} {one.Text("step")} {one.Text("status")} {one.Text("reason")}".TrimEnd()),
    ];

    public static async Task<JsonElement> Action(this LStepHost host, string customer, string campaign, int step = 1) =>
        (await host.Actions(customer)).Last(one => one.Text("campaign") == campaign && one.GetProperty("step").GetInt32() == step);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).ToString();

    public static DateTimeOffset? Instant(this JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.String } value ? value.GetDateTimeOffset() : null;

    /// <summary>An id of its own that a campaign holds out, or does not.</summary>
    public static string Drawn(string name, string campaign, bool heldOut) => Enumerable.Range(0, 1_000).Select(n => $"{name}-{n}")
        .First(id => CampaignDraws.IsHeldOut(DefaultCampaigns.Campaigns.Single(one => one.Name == campaign), id) == heldOut);

    public static async Task<List<string>> Sql(this LStepHost host, string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await rows.ReadAsync())
            lines.Add(string.Join(' ', Enumerable.Range(0, rows.FieldCount).Select(at => rows.GetValue(at).ToString())));
        return lines;
    }
}
