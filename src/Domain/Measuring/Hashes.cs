using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LStep.Domain.Measuring;

/// <summary>64-bit names of message ids and features: the first 8 bytes, big-endian, of the SHA-256 of the UTF-8 text.</summary>
public static class Hashes
{
    public static ulong Of(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = length <= 512 ? stackalloc byte[512] : new byte[length];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(text, utf8)], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
