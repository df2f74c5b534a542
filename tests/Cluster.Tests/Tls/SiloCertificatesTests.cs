using LStep.Grains.Cluster;
using LStep.Grains.People;

namespace LStep.Cluster.Tests.Tls;

/// <summary>With files that would let nobody in a silo does not start, and says in a sentence which file it is and what is wrong.</summary>
public sealed class SiloCertificatesTests : IDisposable
{
    private readonly Authority authority = new("authority");
    private readonly Authority another = new("another authority");

    [Fact]
    public void Without_any_file_there_are_none() => Assert.Null(SiloCertificates.Read(null, null, null, Wall.Clock));

    [Fact]
    public void A_certificate_of_the_authority_with_its_key_is_taken() => Assert.NotNull(Read(authority.ForSilo()));

    [Fact]
    public void While_the_authority_is_replaced_certificates_of_both_are_taken()
    {
        var both = authority.Write(File.ReadAllText(authority.CertificateFile) + "\n" + File.ReadAllText(another.CertificateFile));
        Assert.NotNull(Read(authority.ForSilo() with { Authority = both }));
        Assert.NotNull(Read(another.ForSilo() with { Authority = both }));
    }

    [Fact]
    public void One_file_without_the_others_is_refused() =>
        Assert.Contains("given together", Assert.Throws<InvalidDataException>(
            () => SiloCertificates.Read(authority.ForSilo().Certificate, null, null, Wall.Clock)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var files = authority.ForSilo();
        Refused("/none/a.pem", files with { Certificate = "/none/a.pem" });
        Refused("/none/a.pem", files with { Key = "/none/a.pem" });
        Refused("/none/a.pem", files with { Authority = "/none/a.pem" });
    }

    [Fact]
    public void A_file_that_is_not_PEM_is_named()
    {
        var (files, text) = (authority.ForSilo(), authority.Write("no PEM"));
        foreach (var wrong in new[] { files with { Certificate = text }, files with { Key = text }, files with { Authority = text } })
            Refused(text, wrong);
    }

    [Fact]
    public void A_key_that_belongs_to_another_certificate_is_refused_and_not_told()
    {
        var (files, other) = (authority.ForSilo(), authority.ForSilo());
        var message = Refused("fits the certificate", files with { Key = other.Key });
        Assert.DoesNotContain(File.ReadAllLines(other.Key)[1], message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_has_expired_is_refused_with_its_date() =>
        Refused($"{Wall.Now.AddDays(-1):yyyy-MM-dd}", authority.Give(Wall.Now.AddDays(-1), Authority.ForServers, Authority.ForClients));

    [Fact]
    public void A_certificate_of_another_authority_is_refused() =>
        Refused(authority.CertificateFile, another.ForSilo() with { Authority = authority.CertificateFile });

    [Fact]
    public void A_certificate_that_is_good_for_a_web_server_only_is_refused() =>
        Refused("No other silo would accept", authority.Give(Wall.Now.AddHours(1), Authority.ForServers));

    [Fact]
    public void An_authority_without_its_root_is_refused() =>
        Refused("no root", authority.ForSilo() with { Authority = authority.ForSilo().Certificate });

    public void Dispose()
    {
        authority.Dispose();
        another.Dispose();
    }

    private static SiloCertificates? Read(SiloFiles files) =>
        SiloCertificates.Read(files.Certificate, files.Key, files.Authority, Wall.Clock);

    private static string Refused(string because, SiloFiles files)
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(files)).Message;
        Assert.Contains(because, message, StringComparison.Ordinal);
        return message;
    }
}
