using System.Security.Cryptography;
using System.Text;

namespace LStep.Domain.Campaigning;

/// <summary>The idempotency key of an action: made from what the action is, so that planning it again makes the same.</summary>
public static class SendKeys
{
    /// <summary>A UUID of version 8 (RFC 9562): the first 16 bytes of the SHA-256 of customer, cause, campaign and step.</summary>
    public static Guid Of(string customerId, CauseKind kind, int number, string campaign, int step)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"send\n{customerId}\n{(int)kind}\n{number}\n{campaign}\n{step}"), digest);
        var id = digest[..16];
        id[6] = (byte)(id[6] & 0x0F | 0x80);
        id[8] = (byte)(id[8] & 0x3F | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
