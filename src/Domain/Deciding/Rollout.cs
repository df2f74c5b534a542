using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LStep.Domain.Deciding;

/// <summary>Whom the rollout reaches: stable by customer, and raising the percentage only adds.</summary>
public static class Rollout
{
    public static bool Includes(Policy policy, string customerId) =>
        policy.RolloutPercentage >= 100 || (policy.RolloutPercentage > 0 && Share(customerId) < policy.RolloutPercentage);

    static uint Share(string customerId)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes("rollout\n" + customerId), digest);
        return BinaryPrimitives.ReadUInt32BigEndian(digest) % 100;
    }
}
