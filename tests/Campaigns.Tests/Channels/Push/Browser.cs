using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LStep.Campaigns.Tests.Channels.Push;

/// <summary>A browser that subscribed: it has the keys by which alone its messages are read (RFC 8291).</summary>
public sealed class Browser : IDisposable
{
    private const int PointBytes = 65, TagBytes = 16;

    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(16);

    public string Subscription(Uri endpoint) => JsonSerializer.Serialize(new
    {
        endpoint, expirationTime = (long?)null,
        keys = new { p256dh = Base64Url.EncodeToString(Point(key)), auth = Base64Url.EncodeToString(secret) },
    });

    /// <summary>From a body in aes128gcm: salt, record size, the sender's key, and one record.</summary>
    public string Decrypt(byte[] body)
    {
        var salt = body[..16];
        Assert.InRange(BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)), 18u, 4096u);
        Assert.InRange(body.Length, 0, 4096);
        var sender = body[21..(21 + body[20])];
        var record = body[(21 + body[20])..];
        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33], Y = sender[33..] },
        });
        var shared = key.DeriveRawSecretAgreement(theirs.PublicKey);
        byte[] about = [.. "WebPush: info\0"u8, .. Point(key), .. sender];
        var input = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, secret, about);
        var content = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, input, 12, salt, "Content-Encoding: nonce\0"u8.ToArray());
        using var cipher = new AesGcm(content, TagBytes);
        var plain = new byte[record.Length - TagBytes];
        cipher.Decrypt(nonce, record.AsSpan(..^TagBytes), record.AsSpan(^TagBytes..), plain);
        return Encoding.UTF8.GetString(plain).TrimEnd('\0')[..^1];
    }

    public static byte[] Point(ECAlgorithm key)
    {
        var point = key.ExportParameters(false).Q;
        byte[] bytes = [4, .. point.X!, .. point.Y!];
        Assert.Equal(PointBytes, bytes.Length);
        return bytes;
    }

    public void Dispose() => key.Dispose();
}
