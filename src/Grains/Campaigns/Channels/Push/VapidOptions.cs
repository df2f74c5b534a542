using System.Buffers.Text;
using System.Security.Cryptography;
using LStep.Grains.Campaigns.Channels.Http;

namespace LStep.Grains.Campaigns.Channels.Push;

/// <summary>By which keys the browsers' push services know us (RFC 8292).</summary>
public sealed record VapidOptions
{
    public const string PublicName = "LSTEP_VAPID_PUBLIC_KEY", PrivateName = "LSTEP_VAPID_PRIVATE_KEY", SubjectName = "LSTEP_VAPID_SUBJECT";

    private const int PublicBytes = 65, PrivateBytes = 32;

    /// <summary>An uncompressed point of P-256 in base64url, as browsers want it.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Its scalar in base64url.</summary>
    public required string PrivateKey { get; init; }

    /// <summary>Whom a push service asks when something goes wrong: mailto: or https:.</summary>
    public required string Subject { get; init; }

    /// <summary>Endpoints come from browsers, and so from anybody.</summary>
    public Reach Reach { get; init; } = Reach.PublicOverTls;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public override string ToString() => "web push";

    /// <summary>Null where none of the three is set.</summary>
    /// <exception cref="ChannelSettingException">One is missing or wrong, or the keys are no pair.</exception>
    public static VapidOptions? Read(SettingReader settings)
    {
        var (publicKey, privateKey, subject) = (settings.Text(PublicName), settings.Text(PrivateName), settings.Text(SubjectName));
        if (publicKey is null && privateKey is null && subject is null) return null;
        if (publicKey is null || privateKey is null || subject is null)
            throw new ChannelSettingException($"{PublicName}, {PrivateName} and {SubjectName} are set together or not at all.");
        if (!Uri.TryCreate(subject, UriKind.Absolute, out var url) || url.Scheme is not ("mailto" or "https"))
            throw new ChannelSettingException($"{SubjectName} is no address such as mailto:it@school.example or https://school.example.");
        if (!IsPair(Bytes(publicKey, PublicBytes), Bytes(privateKey, PrivateBytes)))
            throw new ChannelSettingException($"{PublicName} and {PrivateName} are no pair of keys in base64url, as "
                + "'npx web-push generate-vapid-keys' makes one.");
        return new VapidOptions { PublicKey = publicKey, PrivateKey = privateKey, Subject = subject };
    }

    private static byte[]? Bytes(string text, int length)
    {
        var bytes = new byte[length];
        return Base64Url.IsValid(text, out var decoded) && decoded == length && Base64Url.TryDecodeFromChars(text, bytes, out _)
            ? bytes : null;
    }

    private static bool IsPair(byte[]? point, byte[]? scalar)
    {
        if (point is not [4, ..] || scalar is null) return false;
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
            var own = key.ExportParameters(false).Q;
            return point.AsSpan(1, 32).SequenceEqual(own.X) && point.AsSpan(33).SequenceEqual(own.Y);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
