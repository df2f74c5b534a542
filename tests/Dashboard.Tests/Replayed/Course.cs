using System.Net.Http.Json;
using System.Text.Json;
using LStep.Domain;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Rules;
using LStep.Grains.Time.Daily;
using LStep.Grains.Time.Figures;
using LStep.Workbench.Client;
using LStep.Workbench.Replay;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LStep.Dashboard.Tests.Replayed;

/// <summary>
/// Some learners of two real courses, one over and one in the middle of it on the afternoon at which the replay stops, with people who
/// decide, set tags and take moves back, and a few payments that fail.
/// </summary>
public sealed class Course : IAsyncLifetime
{
    public static readonly DateOnly Today = new(2014, 1, 14);
    public static readonly DateTimeOffset Now = Midnight(Today).AddHours(15);

    private const int DaysBetweenDecisions = 14;

    public Browser Browser { get; private set; } = null!;

    private LStepHost Host => Browser.Host;

    public async Task InitializeAsync()
    {
        if (OuladData.Folder is null) return;
        var source = ReplaySource.Open([OuladData.At("events")]);
        Browser = await Browser.OnClock(
            Midnight(source.First), options => options with { Channels = ChannelSettings.SinkOnly, ApiRequestsPerSecond = 100_000 });
        using var client = new LStepClient(Host.Address, Host.WriteKey, Host.AdminToken);
        var player = new ReplayPlayer(client, new ReplayLedger(client));
        ReplayDay? last = null;
        foreach (var day in source.Days().TakeWhile(day => day.Date <= Today))
        {
            var some = day with { Messages = [.. day.Messages.Where(message => OuladData.IsChosen(message.Sender))] };
            if (day.Date == Today) last = some;
            else await player.PlayDay(some, CancellationToken.None);
            if (day.Date.DayNumber % DaysBetweenDecisions == 0) await Decide();
        }
        await Host.MoveClock(Midnight(Today).AddHours(13)); // after all events of the day, which begin at noon
        foreach (var lane in Requests.Lanes(last!.Messages))
            foreach (var (body, _) in lane) await client.PostBatch(body, CancellationToken.None);
        await Trouble();
        await Decide();
        await Host.MoveClock(Now);
        await Host.Services.GetRequiredService<DailyRows>().FlushAsync(BusinessCalendar.Utc);
        await Host.Services.GetRequiredService<FigureRows>().FlushAsync(Host.Services.GetRequiredService<RulebookSource>().Current, Now);
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
    }

    /// <summary>What a file says of a range of days: figures by name.</summary>
    public async Task<Dictionary<string, decimal?[]>> Counted(string file, DateOnly from, DateOnly to)
    {
        await using var source = NpgsqlDataSource.Create(Host.ConnectionString);
        await using var command = source.CreateCommand(Sql("ledger") + Sql(file));
        command.CommandTimeout = (int)TimeSpan.FromMinutes(10).TotalSeconds;
        command.Parameters.AddWithValue("from", from);
        command.Parameters.AddWithValue("to", to);
        command.Parameters.AddWithValue("now", Now);
        var figures = new Dictionary<string, decimal?[]>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
            figures[row.GetString(0)] = [
                .. Enumerable.Range(1, row.FieldCount - 1).Select(at => row.IsDBNull(at) ? null : (decimal?)row.GetDecimal(at))];
        return figures;
    }

    private static string Sql(string file) => Repository.Read($"tests/Dashboard.Tests/Replayed/Sql/{file}.sql");

    /// <summary>
    /// One open review is approved and one rejected, one declining customer is set by hand, and the latest move of another taken back.
    /// </summary>
    private async Task Decide()
    {
        var open = (await Host.Get("/api/reviews?status=open&limit=500")).GetProperty("items").EnumerateArray().Select(Id).ToList();
        if (open.Count > 1) await Act(HttpMethod.Post, $"/api/reviews/{open[0]}/approve", new { note = "called" });
        if (open.Count > 3) await Act(HttpMethod.Post, $"/api/reviews/{open[1]}/reject", new { note = "on holiday" });
        var declining = (await Host.Get("/api/customers?tag=ST_004&limit=3")).GetProperty("items").EnumerateArray().Select(Id).ToList();
        if (declining.Count < 3) return;
        await Act(HttpMethod.Put, $"/api/customers/{declining[0]}/status", new { tag = "ST_001", reason = "is back" });
        var moves = (await Host.Get($"/api/customers/{declining[2]}")).GetProperty("recentTransitions").EnumerateArray().ToList();
        if (moves[0].GetProperty("from").ValueKind != JsonValueKind.Null)
            await Act(HttpMethod.Post, $"/api/transitions/{Id(moves[0])}/undo", new { });
    }

    private async Task Trouble()
    {
        var ids = (await Host.Get("/api/customers?limit=6")).GetProperty("items").EnumerateArray().Select(Id).ToList();
        foreach (var id in ids.Take(3)) await Host.Post(Track(id, "Payment Failed", new { amount = 49 }));
        await Host.Post(Track(ids[0], "Payment Succeeded", new { amount = 49 }));
        for (var ticket = 0; ticket < 3; ticket++) await Host.Post(Track(ids[4], "Support Ticket Opened", new { }));
        await Host.Post(Track(ids[5], "NPS Submitted", new { score = 4 }));
    }

    private async Task Act(HttpMethod method, string path, object body)
    {
        using var answer = await Host.Client.SendAsync(new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) });
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static object Track(string id, string name, object properties) =>
        new { type = "track", userId = id, @event = name, properties };

    private static string Id(JsonElement item) => item.GetProperty("id").ToString();

    private static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>One replay for all tests of it.</summary>
[CollectionDefinition(Name)]
public sealed class ReplayedCourse : ICollectionFixture<Course>
{
    public const string Name = "replayed course";
}
