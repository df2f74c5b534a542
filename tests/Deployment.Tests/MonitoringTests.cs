using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using LStep.Workbench.Processes;

namespace LStep.Deployment.Tests;

/// <summary>The alerts and the dashboard, by Prometheus itself.</summary>
public sealed partial class MonitoringTests(OwnPostgres postgres) : IClassFixture<OwnPostgres>
{
    private const string Alerts = "deploy/prometheus/alerts.yaml";
    private const string Cases = "deploy/prometheus/alerts.test.yaml";

    /// <summary>Nothing of these tests makes them happen.</summary>
    private static readonly string[] Rare =
    [
        "lstep_journal_steps_fenced_out_total", "lstep_customers_unreadable_total", "lstep_actions_tries_total", "lstep_hooks_events_total",
    ];

    [NeedsForEach("promtool")]
    [InlineData("check", "rules", "alerts.yaml")]
    [InlineData("test", "rules", "alerts.test.yaml")]
    [InlineData("check", "config", "--syntax-only", "prometheus.yaml")]
    public async Task Promtool_takes_the_files_and_plays_the_cases(params string[] arguments)
    {
        var ended = await Programs.RunIn(
            Repository.Path("deploy/prometheus"), new Dictionary<string, string>(), "promtool", arguments);
        Assert.True(ended.ExitCode == 0, ended.Output);
    }

    [Fact]
    public void Every_alert_has_a_case_in_which_it_comes_one_in_which_it_does_not_and_a_row_that_says_what_to_do()
    {
        var alerts = Names().Matches(Repository.Read(Alerts)).Select(match => match.Groups[1].Value).ToList();
        var (cases, page) = (Repository.Read(Cases).ReplaceLineEndings(), Repository.Read("docs/operations.md"));
        Assert.Distinct(alerts);
        Assert.All(alerts, alert =>
        {
            Assert.Contains($"{{eval_time: 20m, alertname: {alert}}}", cases, StringComparison.Ordinal);
            Assert.Matches($@"alertname: {alert}\n\s+exp_alerts:", cases);
            Assert.Contains($"\n| `{alert}` |", page, StringComparison.Ordinal);
        });
    }

    [Needs("prometheus")]
    public async Task Prometheus_scrapes_a_silo_and_answers_every_query_of_the_dashboard_while_no_alert_comes()
    {
        await using var silo = await SiloProcess.Start(postgres.ConnectionString);
        await Use(silo);
        await using var prometheus = await PrometheusProcess.Start(silo.Address, SiloProcess.AdminToken);

        var queries = Queries().ToList();
        Assert.True(queries.Count > 20);
        foreach (var query in queries)
            if (Rare.Any(name => query.Contains(name, StringComparison.Ordinal))) await prometheus.Ask(query);
            else await Answered(prometheus, query);
        foreach (var rule in (await prometheus.Get("/api/v1/rules")).GetProperty("groups")[0].GetProperty("rules").EnumerateArray())
            Assert.True(
                rule.GetProperty("state").GetString() == "inactive" && rule.GetProperty("health").GetString() != "err", rule.GetRawText());
    }

    [Fact]
    public void The_dashboard_and_the_alerts_ask_for_documented_metrics_and_for_all_of_them()
    {
        var documented = Documented().Matches(Repository.Read("docs/metrics.md")).Select(match => match.Value.Trim('`')).ToHashSet();
        var dashboard = Repository.Read("deploy/grafana/lstep.json");
        var asked = Metric().Matches(dashboard + Repository.Read(Alerts)).Select(match => WithoutPart(match.Value)).ToHashSet();
        Assert.Empty(asked.Except(documented));
        Assert.All(documented, name => Assert.Contains(name, dashboard, StringComparison.Ordinal));
    }

    private static string WithoutPart(string name) =>
        name.Contains("_commit_", StringComparison.Ordinal) ? Part().Replace(name, "") : name;

    private static async Task Answered(PrometheusProcess prometheus, string query)
    {
        try
        {
            await Signals.UntilAsync(async () => (await prometheus.Ask(query)).GetArrayLength() > 0);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"no series: {query}");
        }
    }

    private static IEnumerable<string> Queries() =>
        JsonElement.Parse(Repository.Read("deploy/grafana/lstep.json")).GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!.Replace("$job", "lstep", StringComparison.Ordinal)
                .Replace("$__rate_interval", "10s", StringComparison.Ordinal));

    private static async Task Use(SiloProcess silo)
    {
        using var client = new HttpClient { BaseAddress = silo.Address };
        await client.PostAsJsonAsync("/v1/track", new { userId = "nobody", @event = "Login", writeKey = "no-such-key-at-all" });
        foreach (var (scheme, key, path) in new[]
                 {
                     ("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(SiloProcess.WriteKey + ":")), "/v1/track"),
                     ("Bearer", SiloProcess.AdminToken, "/api/customers"),
                 })
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, key);
            using var answer = path.StartsWith("/v1", StringComparison.Ordinal)
                ? await client.PostAsJsonAsync(path, new { userId = "ida", @event = "Login" }) : await client.GetAsync(path);
            answer.EnsureSuccessStatusCode();
        }
    }

    [GeneratedRegex(@"^\s+- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Names();

    [GeneratedRegex(@"\blstep_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?m)(?<=^\| `lstep\.[a-z_.]+` \| `[^`]+` \| )`lstep_[a-z_]+`")]
    private static partial Regex Documented();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Part();
}
