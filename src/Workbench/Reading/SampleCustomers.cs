using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using LStep.Domain;
using LStep.Silo;
using LStep.Workbench.Bench;
using LStep.Workbench.Processes;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Reading;

/// <summary>
/// Customers that came by the ingest, for each tag one of each habit: what a great many others are made after. The number of one is its
/// habit times the tags, plus the number of its tag.
/// </summary>
internal sealed class SampleCustomers(SiloUnderTest silo, DateTimeOffset now)
{
    /// <summary>Learns every day, learned until a week ago, until three weeks ago, cannot pay and asks for help, never began.</summary>
    public const int Habits = 5;

    private readonly SegmentWriter writer = new();
    private int said;

    public static int Tags => StatusTags.All.Count;

    public async Task Make(CancellationToken cancel)
    {
        var bodies = Enumerable.Range(0, Tags * Habits)
            .Select(number => BenchLoad.Batch(History(BenchLoad.Customer(number), number / Tags)));
        await Senders.Send([silo.Address], SiloProcess.WriteKey, 1, [.. bodies], _ => "/v1/batch", TimeSpan.MaxValue, cancel);
        using var http = new HttpClient
        {
            BaseAddress = silo.Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken) },
        };
        for (var number = 0; number < Tags * Habits; number++)
            await Tag(http, BenchLoad.Customer(number), StatusTags.All[number % Tags], cancel);
    }

    private static async Task Tag(HttpClient http, string customer, StatusTag tag, CancellationToken cancel)
    {
        var path = $"/api/customers/{customer}";
        var now = await http.GetFromJsonAsync<Tagged>(path, cancel);
        if (now?.Tag == tag.Code()) return;
        using var answer = await http.PutAsJsonAsync($"{path}/status", new { tag = tag.Code(), reason = "as measured" }, cancel);
        answer.EnsureSuccessStatusCode();
    }

    private IEnumerable<SegmentMessage> History(string customer, int habit) => habit switch
    {
        0 => Days(0, 28).SelectMany(day => Learning(customer, day)),
        1 => Days(7, 28).SelectMany(day => Learning(customer, day)),
        2 => Days(21, 28).SelectMany(day => Learning(customer, day)),
        3 => Learning(customer, 1).Append(Said(customer, "Payment Failed", 1))
            .Concat(Days(0, 3).Select(day => Said(customer, "Support Ticket Opened", day))),
        _ => [Said(customer, "Logged In", 28)],
    };

    private static IEnumerable<int> Days(int from, int to) => Enumerable.Range(from, to - from);

    private IEnumerable<SegmentMessage> Learning(string customer, int day) =>
        [Said(customer, "Logged In", day), Said(customer, "Lesson Completed", day), Said(customer, "Feature Used", day)];

    private SegmentMessage Said(string customer, string what, int daysAgo) => writer.Track(
        string.Create(CultureInfo.InvariantCulture, $"sample-{++said}"), customer, now.AddDays(-daysAgo).AddSeconds(-said), what,
        json => json.WriteString("lessonId", string.Create(CultureInfo.InvariantCulture, $"lesson-{said}")));

    private sealed record Tagged(string Tag);
}
