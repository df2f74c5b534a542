using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LStep.Grains.People;
using LStep.Silo;

namespace LStep.Cluster.Tests.Tls;

/// <summary>An authority of a test's own and what it gives out, as PEM files in a folder that goes when it goes.</summary>
internal sealed class Authority : IDisposable
{
    public const string ForServers = "1.3.6.1.5.5.7.3.1";
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly string folder = Directory.CreateTempSubdirectory("lstep-authority-").FullName;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 root;
    private int written;

    public Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        root = request.CreateSelfSigned(Wall.Now.AddYears(-1), Wall.Now.AddYears(1));
        CertificateFile = Write(root.ExportCertificatePem());
    }

    public string CertificateFile { get; }

    /// <summary>What a silo needs: valid for an hour yet, to call and to be called.</summary>
    public SiloFiles ForSilo() => Give(Wall.Now.AddHours(1), ForServers, ForClients);

    public SiloFiles Give(DateTimeOffset until, params string[] usages)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=silo", own, HashAlgorithmName.SHA256);
        var oids = new OidCollection();
        foreach (var usage in usages) oids.Add(new Oid(usage));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
        using var given = request.Create(root, Wall.Now.AddDays(-2), until, BitConverter.GetBytes(++written));
        return new SiloFiles(Write(given.ExportCertificatePem()), Write(own.ExportPkcs8PrivateKeyPem()), CertificateFile);
    }

    public string Write(string text)
    {
        var path = Path.Combine(folder, $"{++written}.pem");
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        root.Dispose();
        key.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

internal sealed record SiloFiles(string Certificate, string Key, string Authority)
{
    public X509Certificate2 Read() => X509Certificate2.CreateFromPemFile(Certificate, Key);

    public SiloOptions On(SiloOptions options) => options with { SiloCertificate = Certificate, SiloKey = Key, SiloAuthority = Authority };
}
