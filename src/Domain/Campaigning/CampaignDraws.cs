using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LStep.Domain.Campaigning;

/// <summary>What falls to a customer by lot: drawn from the names alone, so that it is the same at every look, on every process.</summary>
public static class CampaignDraws
{
    /// <summary>Whether the customer is one of those who get nothing. Raising the percentage only adds.</summary>
    public static bool IsHeldOut(Campaign campaign, string customerId) =>
        Share("holdout", campaign.Name, customerId, 100) < campaign.HoldoutPercent;

    /// <summary>Where the campaign compares nothing, the winner of a comparison before; null where there was none.</summary>
    /// <param name="given">What the customer was given before: it is kept, whatever the weights are now, while the campaign has it.</param>
    public static string? VariantOf(Campaign campaign, string customerId, string? given = null)
    {
        if (campaign.Variants.IsEmpty) return campaign.Promoted;
        foreach (var variant in campaign.Variants)
            if (variant.Name == given) return given;
        var left = (int)Share("variant", campaign.Name, customerId, (uint)campaign.Variants.Sum(variant => variant.Weight));
        foreach (var variant in campaign.Variants)
            if ((left -= variant.Weight) < 0) return variant.Name;
        throw new InvalidOperationException("the weights have no sum");
    }

    static uint Share(string lot, string campaign, string customerId, uint of)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{lot}\n{campaign}\n{customerId}"), digest);
        return BinaryPrimitives.ReadUInt32BigEndian(digest) % of;
    }
}
