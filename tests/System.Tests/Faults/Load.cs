using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using LStep.Domain;
using LStep.Grains.Storage;
using Npgsql;
using static LStep.System.Tests.Messages;

namespace LStep.System.Tests.Faults;

/// <summary>
/// Clients that post activities with known ids and, as a Segment client does, send a request again until it is acknowledged.
/// Every acknowledged id is kept, so that the audit can ask for each of them.
/// </summary>
public sealed class Load(Uri[] servers, string writeKey, int customers, int clients)
{
    private const int EventsPerRequest = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ConcurrentBag<(string Customer, string Message)> acknowledged = [];
    private readonly ConcurrentDictionary<int, int> refusals = new();
    private readonly DateTimeOffset began = Wall.Now.AddMinutes(-90);
    private int requests;

    /// <summary>Answers by status that were not 200; 0 for a connection that broke.</summary>
    public IReadOnlyDictionary<int, int> Refusals => refusals;

    public int Acknowledged => acknowledged.Count;

    /// <summary>Posts this many requests over all clients; what was refused or broke off is sent again, the same, until it is taken.</summary>
    public Task Run(int requestsInAll) => Task.WhenAll(Enumerable.Range(0, clients).Select(client => Client(client, requestsInAll)));

    private async Task Client(int number, int requestsInAll)
    {
        using var http = new HttpClient { BaseAddress = servers[number % servers.Length], Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":")));
        for (int request; (request = Interlocked.Increment(ref requests)) <= requestsInAll;)
        {
            var events = Enumerable.Range(0, EventsPerRequest).Select(n => (Customer: $"c{(request * 7 + n * n) % customers}", Message: $"m-{number}-{request}-{n}")).ToList();
            await Send(http, new { batch = events.Select((e, n) => Track(e.Customer, n % 5 == 0 ? "Lesson Completed" : "Feature Used", began.AddSeconds(request + n), new { featureId = $"f{n % 7}" }, e.Message)).ToList() });
            foreach (var e in events) acknowledged.Add(e);
        }
    }

    private async Task Send(HttpClient http, object body)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var status = 0;
            try
            {
                using var answer = await http.PostAsJsonAsync("/v1/batch", body, patience.Token);
                status = (int)answer.StatusCode;
                if (status == 200) return;
            }
            catch (HttpRequestException)
            {
                // The server is not there: as good as a 503.
            }
            refusals.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status is not (0 or 429 or 503)) throw new InvalidOperationException($"a valid request was answered with {status}");
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Every acknowledged activity stands in the log exactly once, and everything that can be recomputed is the same.</summary>
    public async Task Audit(string connectionString)
    {
        await using var database = new Database(connectionString);
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("SELECT customer_id || ' ' || message_id, count(*) FROM activities GROUP BY 1");
        var stored = new Dictionary<string, long>();
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) stored[rows.GetString(0)] = rows.GetInt64(1);

        Assert.Empty(acknowledged.Where(e => !stored.ContainsKey($"{e.Customer} {e.Message}")).Take(5));
        Assert.Empty(stored.Where(entry => entry.Value != 1).Take(5));
        Assert.Equal(acknowledged.Count, stored.Count);

        var book = new Rulebook(await new RuleSets(database).Newest(), new Policy(), BusinessCalendar.Utc);
        var verified = await new Verify(database, new DailyRows(database)).Run(book, Wall.Now);
        Assert.True(verified.Same, string.Join('\n', verified.Differences.Take(10)));
        Assert.Equal(acknowledged.Count, verified.Activities);
    }
}
