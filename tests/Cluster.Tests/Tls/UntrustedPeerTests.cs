using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace LStep.Cluster.Tests.Tls;

/// <summary>
/// Whoever comes to the silo port without a certificate of the cluster's authority is let into nothing, and the two silos go on.
/// </summary>
public sealed class UntrustedPeerTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public Task Two_silos_of_one_authority_answer_for_each_others_customers() => silos.AnswerForEachOther("known");

    [Fact]
    public async Task A_certificate_of_the_authority_is_let_in()
    {
        using var certificate = silos.Authority.ForSilo().Read();
        await ShakeHands(certificate);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another authority's")]
    [InlineData("expired")]
    [InlineData("for web servers only")]
    public async Task No_other_certificate_is_let_in(string which)
    {
        using var certificate = which switch
        {
            "none" => null,
            "another authority's" => silos.Another.ForSilo().Read(),
            "expired" => silos.Authority.Give(Wall.Now.AddDays(-1), Authority.ForServers, Authority.ForClients).Read(),
            _ => silos.Authority.Give(Wall.Now.AddHours(1), Authority.ForServers).Read(),
        };
        Assert.True(await IsCutOff(certificate));
        await silos.AnswerForEachOther($"after {which}");
    }

    [Fact]
    public async Task Who_speaks_plain_text_is_told_nothing()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(silos.SiloPort);
        using var patience = new CancellationTokenSource(Patience);
        var told = new MemoryStream();
        try
        {
            // As Orleans begins without TLS: four bytes of length, then the message.
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("\u0010\0\0\0" + "sixteen bytes of"), patience.Token);
            await client.GetStream().CopyToAsync(told, patience.Token);
        }
        catch (IOException)
        {
            // Cut off is told nothing, too.
        }
        // At most an alert of TLS (21), which says that this is none.
        Assert.True(told.Length == 0 || told.ToArray() is [21, 3, ..] and { Length: < 32 }, Convert.ToHexString(told.ToArray()));
        await silos.AnswerForEachOther("after plain text");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_silo_that_knows_the_database_but_has_no_certificate_of_the_authority_does_not_join(bool anothers)
    {
        var variables = new Dictionary<string, string>();
        if (anothers)
        {
            var files = silos.Another.ForSilo();
            (variables["LSTEP_SILO_CERT"], variables["LSTEP_SILO_KEY"], variables["LSTEP_SILO_CA"]) = files;
        }
        await using var stranger = new OneSilo(silos.ConnectionString, variables);

        Assert.NotEqual(0, await stranger.Ended());

        Assert.DoesNotContain("L-Step serves on", stranger.Output, StringComparison.Ordinal);
        await silos.AnswerForEachOther($"after a stranger {anothers}");
    }

    [Fact]
    public async Task The_silo_port_is_open_at_its_own_address_only_and_there_is_no_gateway_beside_it()
    {
        Assert.Equal(IPAddress.Loopback, silos.SiloPort.Address);
        using var elsewhere = new TcpClient();
        var refused = await Assert.ThrowsAsync<SocketException>(
            () => elsewhere.ConnectAsync(IPAddress.Parse("127.0.0.2"), silos.SiloPort.Port));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.Null(silos.Hosts[0].Services.GetRequiredService<ILocalSiloDetails>().GatewayAddress);
    }

    private async Task ShakeHands(X509Certificate2? certificate)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await using var tls = await Connect(client, certificate, patience.Token);
    }

    /// <summary>
    /// Within the handshake or right after it: a silo looks at a certificate when the handshake is done on the caller's side. Until it is
    /// spoken to a silo says nothing, so whoever is let in would wait here until his patience ends.
    /// </summary>
    private async Task<bool> IsCutOff(X509Certificate2? certificate)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        try
        {
            await using var tls = await Connect(client, certificate, patience.Token);
            return await tls.ReadAsync(new byte[1], patience.Token) == 0;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return true;
        }
    }

    private async Task<SslStream> Connect(TcpClient client, X509Certificate2? certificate, CancellationToken cancel)
    {
        await client.ConnectAsync(silos.SiloPort, cancel);
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "silo",
            AllowTlsResume = false, // nobody is let in by what another one was let in with
            ClientCertificates = certificate is null ? [] : [certificate],
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Issuer == "CN=authority",
        }, cancel);
        return tls;
    }
}
