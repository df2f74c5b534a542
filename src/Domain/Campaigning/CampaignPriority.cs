namespace LStep.Domain.Campaigning;

/// <summary>Who goes first where several messages of one customer wait for the same room.</summary>
public static class CampaignPriority
{
    /// <summary>Lower goes first; of equal ones the one due earlier.</summary>
    public static int Of(StatusTag tag) => tag switch
    {
        StatusTag.Mastery => 0,
        StatusTag.Progressing => 1,
        StatusTag.Active => 2,
        StatusTag.Declining or StatusTag.ReEngagement or StatusTag.Churned => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(tag)),
    };
}
