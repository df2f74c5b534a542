using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LStep.Campaigns.Tests.Channels;

/// <summary>A certificate that no authority knows.</summary>
public static class SelfSigned
{
    public static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = RealTime.Clock.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
