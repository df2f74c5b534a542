using System.Diagnostics;
using System.Text.Json;
using LStep.Grains;

namespace LStep.Deployment.Tests;

/// <summary>A Prometheus that scrapes one silo every second, with the files that we ship.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lstep-prometheus-").FullName;
    private readonly Process process;
    private readonly HttpClient client;

    private PrometheusProcess(Uri silo, string token)
    {
        File.WriteAllText(Path.Combine(folder, "token"), token);
        foreach (var name in new[] { "alerts.yaml", "prometheus.yaml" })
            File.WriteAllText(Path.Combine(folder, name), Repository.Read($"deploy/prometheus/{name}")
                .Replace("/etc/prometheus/lstep-token", Path.Combine(folder, "token"), StringComparison.Ordinal)
                .Replace("127.0.0.1:5080", silo.Authority, StringComparison.Ordinal)
                .Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal));
        var address = $"127.0.0.1:{FreePort.Next()}";
        process = Process.Start(new ProcessStartInfo(
            "prometheus",
            [
                "--config.file", Path.Combine(folder, "prometheus.yaml"), "--storage.tsdb.path", Path.Combine(folder, "data"),
                "--web.listen-address", address, "--log.level", "error",
            ]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        client = new HttpClient { BaseAddress = new Uri($"http://{address}") };
    }

    /// <summary>When it has seen the silo.</summary>
    public static async Task<PrometheusProcess> Start(Uri silo, string token)
    {
        var prometheus = new PrometheusProcess(silo, token);
        await Signals.UntilAsync(async () =>
        {
            try
            {
                var up = await prometheus.Ask("up");
                return up.GetArrayLength() == 1 && up[0].GetProperty("value")[1].GetString() == "1";
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return prometheus;
    }

    /// <summary>The series that a query answers.</summary>
    public async Task<JsonElement> Ask(string query) =>
        (await Get($"/api/v1/query?query={Uri.EscapeDataString(query)}")).GetProperty("result");

    public async Task<JsonElement> Get(string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.EnsureSuccessStatusCode();
        return JsonElement.Parse(text).GetProperty("data");
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
