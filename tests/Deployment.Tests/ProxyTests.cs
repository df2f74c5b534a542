using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Grains;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace LStep.Deployment.Tests;

/// <summary>The product behind the proxies of deploy/proxy, each as its example has it but for name, ports and certificate.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string Nginx = "nginx";
    private const string Caddy = "caddy";
    private const string Subject = "CN=localhost";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("lstep-proxy-").FullName;
    private readonly Uri outside = new($"https://localhost:{FreePort.Next()}");
    private Process? proxy;

    [Needs(Nginx)]
    public async Task Nginx_passes_on_what_the_product_needs() => await Serves(StartNginx);

    [Needs(Caddy)]
    public async Task Caddy_passes_on_what_the_product_needs() => await Serves(StartCaddy);

    private async Task Serves(Func<LStepHost, Process> start)
    {
        await using var host = await LStepHost.Start(
            with: options => options with { Addresses = new AddressOptions { PublicUrl = outside } });
        proxy = start(host);
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, ServerCertificateCustomValidationCallback = Ours })
        {
            BaseAddress = outside,
        };
        await UntilItAnswers(client);

        // A sign-in of a browser: the cookie is secure, and writes with it are of this origin.
        using var signIn = await client.PostAsJsonAsync("/api/session", new { token = host.AdminToken });
        var cookie = Assert.Single(signIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        var session = await signIn.Content.ReadFromJsonAsync<JsonElement>();
        using var write = new HttpRequestMessage(HttpMethod.Post, "/api/evaluations");
        write.Headers.Add("Cookie", cookie.Split(';')[0]);
        write.Headers.Add("Origin", outside.ToString().TrimEnd('/'));
        write.Headers.Add("X-LStep-CSRF", session.GetProperty("csrf").GetString());
        using var written = await client.SendAsync(write);
        Assert.Equal(HttpStatusCode.Accepted, written.StatusCode);

        var settings = await client.GetFromJsonAsync<JsonElement>($"/v1/projects/{host.WriteKey}/settings");
        var segment = settings.GetProperty("integrations").GetProperty("Segment.io");
        Assert.Equal("https", segment.GetProperty("protocol").GetString());
        Assert.Equal($"{outside.Authority}/v1", segment.GetProperty("apiHost").GetString());

        // The live hub over its WebSocket, and the largest batch that is taken.
        await using var hub = Hub(cookie.Split(';')[0]);
        var moved = new TaskCompletionSource();
        hub.On<JsonElement>("transition", _ => moved.TrySetResult());
        await hub.StartAsync();
        await hub.InvokeAsync<JsonElement>("Subscribe", new { });
        using var batch = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = new StringContent(LargestBatch()) };
        batch.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(host.WriteKey + ":")));
        using var taken = await client.SendAsync(batch);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await moved.Task.WaitAsync(Patience);
    }

    private HubConnection Hub(string cookie) =>
        new HubConnectionBuilder().WithUrl(new Uri(outside, "/hubs/lifecycle"), options =>
        {
            (options.SkipNegotiation, options.Transports) = (true, HttpTransportType.WebSockets);
            (options.Headers["Cookie"], options.Headers["Origin"]) = (cookie, outside.ToString().TrimEnd('/'));
            options.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback =
                (_, certificate, _, _) => certificate?.Subject == Subject;
        }).Build();

    /// <summary>Just below 4 MB: 150 events of 27 KB.</summary>
    private static string LargestBatch() => JsonSerializer.Serialize(new
    {
        batch = Enumerable.Range(0, 150).Select(number => new
        {
            type = "track", userId = "behind-a-proxy", @event = "Logged In", messageId = $"large-{number}",
            properties = new { text = new string('x', 27_000) },
        }),
    });

    private Process StartNginx(LStepHost host)
    {
        WriteCertificate();
        var example = Changed(
            "deploy/proxy/nginx.conf", ("127.0.0.1:5080", host.Address.Authority), ("lstep.example.org", "localhost"),
            ("listen 443 ssl", $"listen 127.0.0.1:{outside.Port} ssl"), ("/etc/ssl/lstep", folder));
        var main = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(Path.Combine(folder, "lstep.conf"), example);
        var temporary = string.Join(
            '\n', new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name => $"{name}_temp_path {folder}/{name};"));
        File.WriteAllText(main, $$"""
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            pid {{folder}}/nginx.pid;
            events { }
            http {
                access_log off;
                {{temporary}}
                include {{folder}}/lstep.conf;
            }
            """);
        return Started(Nginx, "-p", folder, "-e", $"{folder}/error.log", "-c", main, "-g", "daemon off;");
    }

    private Process StartCaddy(LStepHost host)
    {
        WriteCertificate();
        var example = Changed(
            "deploy/proxy/Caddyfile", ("127.0.0.1:5080", host.Address.Authority),
            ("lstep.example.org {", $"{outside.Authority} {{\n\ttls {folder}/fullchain.pem {folder}/privkey.pem"));
        var file = Path.Combine(folder, "Caddyfile");
        File.WriteAllText(file, $"{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{example}");
        return Started(Caddy, "run", "--config", file, "--adapter", "caddyfile");
    }

    private static string Changed(string path, params (string From, string To)[] changes)
    {
        var text = Repository.Read(path);
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        return text;
    }

    private Process Started(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            Environment = { ["HOME"] = folder, ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder },
        };
        var started = Process.Start(start)!;
        started.BeginErrorReadLine();
        return started;
    }

    private async Task UntilItAnswers(HttpClient client)
    {
        var watch = Stopwatch.StartNew();
        while (true)
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (watch.Elapsed < Patience && !proxy!.HasExited)
            {
                await Task.Delay(50);
            }
    }

    private void WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(Wall.Now.AddDays(-1), Wall.Now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static bool Ours(
        HttpRequestMessage request, X509Certificate2? certificate, X509Chain? chain, System.Net.Security.SslPolicyErrors errors) =>
        certificate?.Subject == Subject;

    public void Dispose()
    {
        if (proxy is not null)
        {
            proxy.Kill(entireProcessTree: true);
            proxy.WaitForExit();
            proxy.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }
}
