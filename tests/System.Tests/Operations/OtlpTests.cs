using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using LStep.Api.Customers;
using LStep.Workbench.Processes;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Operations;

public sealed partial class OtlpTests
{
    private const string Customer = "ida.telling@example.org";

    [Fact]
    public async Task A_collector_receives_the_documented_metrics_spans_and_lines_and_nothing_of_a_customer()
    {
        await using var collector = await Collector.Start();
        await using var silo = await SiloProcess.Start(await PostgresFixture.FreshDatabase(), environment: new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            ["OTEL_TRACES_SAMPLER"] = "always_on",
        });
        using var ingest = Client(silo, "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(SiloProcess.WriteKey + ":")));
        using var admin = Client(silo, "Bearer", SiloProcess.AdminToken);
        await using var hub = await HubClient.Connect(silo.Address, SiloProcess.AdminToken);
        await hub.Subscribe(new { });

        (await ingest.PostAsJsonAsync("/v1/track", Track(Customer, "Login", Wall.Now))).EnsureSuccessStatusCode();
        await ingest.PostAsJsonAsync("/v1/track", new { @event = "nobody's" });
        (await admin.GetAsync($"/api/customers/{Customer}")).EnsureSuccessStatusCode();
        (await admin.GetAsync($"/api/customers?q={Customer}")).EnsureSuccessStatusCode();

        var documented = Documented();
        await Signals.Until(() => documented.Keys.Except([.. collector.Metrics.Keys, .. Rare]).Any() is false);
        Assert.All(collector.Metrics.Values.Where(metric => metric.Name.StartsWith("lstep.")), metric => Assert.Equal(
            documented[metric.Name], metric.Unit));
        Assert.All(new[] { "http.server.request.duration", "kestrel.active_connections", "dotnet.gc.collections" }, name => Assert.Contains(
            name, collector.Metrics.Keys));
        await Signals.Until(() => collector.Spans.Contains("GET /api/customers/{id}") && collector.Spans.Contains("journal.commit"));
        await Signals.Until(() => collector.Received($"L-Step is ready at {silo.Address.ToString().TrimEnd('/')}"));

        Assert.Equal(0, await silo.Stop());
        foreach (var secret in new[] { Customer, "ida.telling", SiloProcess.WriteKey, SiloProcess.AdminToken, "Password", "INSERT INTO" })
            Assert.False(collector.Received(secret), $"'{secret}' was sent to the collector");
    }

    /// <summary>Nothing of this test makes them happen.</summary>
    private static readonly string[] Rare =
        ["lstep.journal.steps.fenced_out", "lstep.customers.unreadable", "lstep.actions.tries", "lstep.hooks.events"];

    /// <summary>Name and unit of each metric in the page that explains them.</summary>
    private static Dictionary<string, string> Documented() =>
        Row().Matches(Repository.Read("docs/metrics.md")).ToDictionary(row => row.Groups["name"].Value, row => row.Groups["unit"].Value);

    [GeneratedRegex(@"^\| `(?<name>lstep\.[a-z_.]+)` \| `(?<unit>[^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static HttpClient Client(SiloProcess silo, string scheme, string key) =>
        new() { BaseAddress = silo.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue(scheme, key) } };
}
