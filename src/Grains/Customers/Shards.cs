using System.Security.Cryptography;
using System.Text;

namespace LStep.Grains.Customers;

/// <summary>The population in 64 parts, the same for every process and for good: shard is stored with each customer.</summary>
public static class Shards
{
    public const int Count = 64;

    public static short Of(string customerId)
    {
        // A character may be two chars: a pair of surrogates.
        Span<byte> id = stackalloc byte[Encoding.UTF8.GetMaxByteCount(2 * Domain.Limits.CustomerIdCharsMax)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(id[..Encoding.UTF8.GetBytes(customerId, id)], hash);
        return (short)(hash[0] % Count);
    }
}
