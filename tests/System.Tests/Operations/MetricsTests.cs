using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using LStep.Workbench.Processes;

namespace LStep.System.Tests.Operations;

public sealed partial class MetricsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_viewer_reads_them_in_the_format_that_was_asked_for()
    {
        await host.Post(ApiHost.Track("zacharias.telling", "Login"));
        var plain = await Told("outcome=\"accepted\"");
        Assert.Equal("text/plain", plain.Type);
        Assert.Contains(
            "lstep_ingest_activities_total{otel_scope_name=\"LStep\",outcome=\"accepted\"} ", plain.Text, StringComparison.Ordinal);
        Assert.Contains("# TYPE lstep_journal_commit_duration_seconds histogram", plain.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zacharias", plain.Text, StringComparison.Ordinal);

        var open = await Ask("application/openmetrics-text; version=1.0.0");
        Assert.Equal("application/openmetrics-text", open.Type);
        Assert.EndsWith("# EOF\n", open.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(";;;")]
    [InlineData("application/openmetrics-text;version=\"")]
    [InlineData("text/plain;version=99999999999999.9;q=nan, */*;q=-1")]
    public async Task No_header_breaks_them(string accept) => Assert.Equal("text/plain", (await Ask(accept)).Type);

    [Fact]
    public async Task Methods_and_addresses_that_are_none_make_no_series()
    {
        // A process of its own: here the requests of all hosts are counted together, and other tests may have made as many series as are
        // kept.
        await using var silo = await SiloProcess.Start(await PostgresFixture.FreshDatabase());
        using var client = new HttpClient { BaseAddress = silo.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SiloProcess.AdminToken);
        for (var at = 0; at < 50; at++)
        {
            using var request = new HttpRequestMessage(new HttpMethod($"ODD{at}"), $"/api/nowhere{at}");
            using var answer = await client.SendAsync(request);
        }
        var told = "";
        await Signals.UntilAsync(async () =>
            (told = await client.GetStringAsync("/metrics")).Contains("http_request_method=\"_OTHER\"", StringComparison.Ordinal));
        Assert.DoesNotContain("ODD", told, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_page_documents_is_what_is_told()
    {
        await host.Post(ApiHost.Track("page", "Login"));
        using var client = host.Client(ApiHost.ViewerToken);
        (await client.GetAsync("/api/customers")).EnsureSuccessStatusCode();
        using (var nobody = host.Client())
            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsync("/v1/track", new StringContent("{}"))).StatusCode);
        var documented = Row().Matches(Repository.Read("docs/metrics.md")).Select(row => row.Groups["prometheus"].Value).ToHashSet();
        Assert.DoesNotContain("", documented);
        string[] rare =
        [
            "lstep_journal_steps_fenced_out_total", "lstep_customers_unreadable_total", "lstep_actions_tries_total",
            "lstep_hooks_events_total",
        ];
        await Signals.UntilAsync(async () => documented.Except(Families((await Ask(null)).Text)).Except(rare).Any() is false);
        Assert.Empty(Families((await Ask(null)).Text).Where(name => name.StartsWith("lstep_")).Except(documented));
    }

    /// <summary>An answer is kept for a second.</summary>
    private async Task<(string? Type, string Text)> Told(string text)
    {
        await Signals.UntilAsync(async () => (await Ask(null)).Text.Contains(text, StringComparison.Ordinal));
        return await Ask(null);
    }

    private static HashSet<string> Families(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith("# TYPE ")).Select(line => line.Split(' ')[2])];

    private async Task<(string? Type, string Text)> Ask(string? accept)
    {
        using var client = host.Client(ApiHost.ViewerToken);
        if (accept is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode} {text}");
        return (answer.Content.Headers.ContentType?.MediaType, text);
    }

    [GeneratedRegex(@"^\| `lstep\.[a-z_.]+` \| `[^`]+` \| `(?<prometheus>[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
