using LStep.Domain;

namespace LStep.Grains.Trials;

/// <summary>What a step would set going beside the moves themselves.</summary>
internal static class CampaignMessages
{
    /// <summary>Messages of campaigns that its transitions would start. There are no campaigns yet.</summary>
    public static int StartedBy(Step step) => 0;
}
