using LStep.Domain.Campaigning;

namespace LStep.Grains.Campaigns;

/// <summary>The campaigns in force.</summary>
public sealed class CampaignSource
{
    public CampaignSet Current { get; } = DefaultCampaigns.Version1(DateTimeOffset.UnixEpoch);
}
