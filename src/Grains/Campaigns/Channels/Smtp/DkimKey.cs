using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;

namespace LStep.Grains.Campaigns.Channels.Smtp;

/// <summary>Signs mails so that receivers can tell that they come from their domain (RFC 6376).</summary>
public sealed class DkimKey
{
    public const string DomainName = "LSTEP_DKIM_DOMAIN", SelectorName = "LSTEP_DKIM_SELECTOR", FileName = "LSTEP_DKIM_KEY_FILE";

    private const int RsaBitsMin = 1024;

    // RFC 8058 wants the two of the unsubscription to be among them.
    private static readonly HeaderId[] SignedHeaders =
    [
        HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId, HeaderId.MimeVersion, HeaderId.ContentType,
        HeaderId.ContentTransferEncoding, HeaderId.ListUnsubscribe, HeaderId.ListUnsubscribePost, HeaderId.ReplyTo,
    ];

    private readonly DkimSigner signer;

    /// <param name="pem">An RSA private key.</param>
    public DkimKey(string domain, string selector, string pem)
    {
        (Domain, Selector) = (domain, selector);
        signer = new DkimSigner(new MemoryStream(Encoding.ASCII.GetBytes(Pkcs1(pem))), domain, selector, DkimSignatureAlgorithm.RsaSha256)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
    }

    public string Domain { get; }
    public string Selector { get; }

    /// <summary>After this nothing of the mail may change.</summary>
    public void Sign(MimeMessage mail)
    {
        lock (signer) signer.Sign(mail, [.. SignedHeaders.Where(mail.Headers.Contains)]);
    }

    public override string ToString() => $"{Selector}._domainkey.{Domain}";

    /// <summary>Null where none of the three is set.</summary>
    /// <exception cref="ChannelSettingException">One is missing, or the file holds no such key.</exception>
    public static DkimKey? Read(SettingReader settings)
    {
        var (domain, selector, pem) = (settings.Text(DomainName), settings.Text(SelectorName), settings.File(FileName));
        if (domain is null && selector is null && pem is null) return null;
        if (domain is null || selector is null || pem is null)
            throw new ChannelSettingException($"{DomainName}, {SelectorName} and {FileName} are set together or not at all.");
        foreach (var (name, value) in new[] { (DomainName, domain), (SelectorName, selector) })
            if (value.Length > 253 || !value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
                throw new ChannelSettingException($"{name} is no name of the DNS.");
        try
        {
            return new DkimKey(domain, selector, pem);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or FormatException)
        {
            throw new ChannelSettingException(
                $"{FileName} holds no RSA private key in PEM of {RsaBitsMin} bits or more (openssl genrsa -out dkim.pem 2048).");
        }
    }

    private static string Pkcs1(string pem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        if (rsa.KeySize < RsaBitsMin) throw new CryptographicException("It is too short.");
        // Fails for a public key.
        return rsa.ExportRSAPrivateKeyPem();
    }
}
