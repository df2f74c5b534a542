using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Xunit.Abstractions;

namespace LStep.Cluster.Tests.Tls;

/// <summary>
/// A stranger comes to the silo port with what an attacker has: the engine's own client, sockets, certificates of others. He calls no
/// grain, and nobody who uses the cluster notices him.
/// </summary>
public sealed class StrangerTests(TwoSilos silos, ITestOutputHelper transcript) : IClassFixture<TwoSilos>
{
    private const int AnswersAfterwards = 60;
    private static readonly TimeSpan VisitLasts = TimeSpan.FromSeconds(6);

    [Theory]
    [InlineData("no TLS")]
    [InlineData("TLS without a certificate")]
    [InlineData("another authority's certificate")]
    [InlineData("an expired certificate")]
    [InlineData("a certificate for web servers only")]
    public async Task The_engines_own_client_calls_no_grain(string with)
    {
        await silos.AnswerForEachOther($"before-{with[..6]}");
        using var certificate = CertificateOf(with);
        await using var traffic = new Traffic(silos.Hosts, "asked");
        await traffic.GoesOn(10);

        foreach (var port in silos.SiloPorts)
        {
            using var client = Client(port, with == "no TLS" ? null : tls => Show(tls, certificate));
            using var patience = new CancellationTokenSource(VisitLasts);
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await client.StartAsync(patience.Token);
                await client.Services.GetRequiredService<IGrainFactory>().GetGrain<ICustomerGrain>("asked-1").View()
                    .WaitAsync(patience.Token);
            });
        }

        await AllIsWell(traffic, with);
    }

    [Theory]
    [InlineData("says nothing")]
    [InlineData("begins a handshake and falls silent")]
    [InlineData("announces a silo in plain text and falls silent")]
    public async Task Many_sockets_of_somebody_who_only_waits_hold_nobody_up(string who)
    {
        byte[] word = who switch
        {
            "says nothing" => [],
            // The head of a ClientHello that promises 512 bytes more.
            "begins a handshake and falls silent" => [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3],
            _ => [16, 0, 0, 0, .. "127.0.0.1:11111@1"u8],
        };
        await using var traffic = new Traffic(silos.Hosts, "asked");
        await traffic.GoesOn(10);

        var sockets = new List<Socket>();
        try
        {
            foreach (var port in silos.SiloPorts)
                for (var n = 0; n < SocketsMany; n++)
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    sockets.Add(socket);
                    await socket.ConnectAsync(port);
                    await socket.SendAsync(word);
                }
            // While all of them are there, silos find each other anew, and cut off every one of those that wait.
            await silos.AnswerForEachOther($"while-{who[..6]}");
            await Signals.Until(() => sockets.All(IsCutOff));
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }

        await AllIsWell(traffic, $"{sockets.Count} sockets of one who {who}");
    }

    [Fact]
    public async Task A_certificate_that_is_renewed_is_shown_without_a_restart()
    {
        var renewed = silos.Authority.ForSilo();
        using var certificate = renewed.Read();
        Assert.NotEqual(certificate.SerialNumber, await Shown());
        await using var traffic = new Traffic(silos.Hosts, "asked");

        // The certificate alone does not fit the key: meanwhile the one of before serves.
        File.Copy(renewed.Certificate, silos.Files.Certificate, overwrite: true);
        await traffic.GoesOn(20);
        File.Copy(renewed.Key, silos.Files.Key, overwrite: true);

        await Signals.UntilAsync(async () => await Shown() == certificate.SerialNumber);
        await AllIsWell(traffic, "a certificate was renewed");
    }

    private const int SocketsMany = 400;

    private static int visits;

    private async Task AllIsWell(Traffic traffic, string visit)
    {
        await traffic.GoesOn(AnswersAfterwards);
        await silos.AnswerForEachOther($"after-{Interlocked.Increment(ref visits)}");
        transcript.WriteLine($"{visit}: during and after, {traffic}; not 2xx: {traffic.NotTaken}");
        Assert.Equal(0, traffic.NotTaken);

        var told = silos.Lines.Of("Handshakes").ToList();
        foreach (var line in told) transcript.WriteLine(line);
        Assert.DoesNotContain(silos.Lines.All, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private static IHost Client(IPEndPoint port, Action<Orleans.Connections.Security.TlsOptions>? tls) => new HostBuilder()
        .UseOrleansClient(client =>
        {
            client.UseStaticClustering(port).Configure<ClusterOptions>(
                cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterName, ClusterName));
            if (tls is not null) client.UseTls(tls);
        }).Build();

    private const string ClusterName = "lstep";

    private static void Show(Orleans.Connections.Security.TlsOptions tls, X509Certificate2? certificate)
    {
        tls.LocalCertificate = certificate;
        // Whoever shows none has to choose none.
        if (certificate is null) tls.LocalClientCertificateSelector = (_, _, _, _, _) => null!;
        tls.RemoteCertificateMode = Orleans.Connections.Security.RemoteCertificateMode.AllowCertificate;
        tls.AllowAnyRemoteCertificate();
    }

    private X509Certificate2? CertificateOf(string with) => with switch
    {
        "another authority's certificate" => silos.Another.ForSilo().Read(),
        "an expired certificate" => silos.Authority.Give(Wall.Now.AddDays(-1), Authority.ForServers, Authority.ForClients).Read(),
        "a certificate for web servers only" => silos.Authority.Give(Wall.Now.AddHours(1), Authority.ForServers).Read(),
        _ => null,
    };

    /// <summary>The serial number of what the first silo shows.</summary>
    private async Task<string?> Shown()
    {
        using var own = silos.Authority.ForSilo().Read();
        using var client = new TcpClient();
        await client.ConnectAsync(silos.SiloPort);
        X509Certificate2? shown = null;
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "silo",
            AllowTlsResume = false,
            ClientCertificates = [own],
            RemoteCertificateValidationCallback = (_, theirs, _, _) => (shown = theirs as X509Certificate2) is not null,
        });
        return shown?.SerialNumber;
    }

    private static bool IsCutOff(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && (socket.Available == 0 || socket.Receive(new byte[64]) == 0);
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
