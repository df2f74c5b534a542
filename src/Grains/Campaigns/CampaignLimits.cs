namespace LStep.Grains.Campaigns;

internal static class CampaignLimits
{
    /// <summary>What is planned in one transaction.</summary>
    public const int CausesPerPlanMax = 200;

    /// <summary>Looked at in one transaction, of what has its place in our own tables, and of everything in a leap of the clock.</summary>
    public const int ActionsPerClaimMax = 200;

    /// <summary>A round of a leap of the clock ends after so many claims, so that planning comes in between.</summary>
    public const int ClaimsPerRoundMax = 50;

    /// <summary>Of one claim of a way out: more of them would be uncertain where the process is killed.</summary>
    public const int SendsPerClaimMax = 32;

    /// <summary>What is not begun by then goes back, so that nobody is at it when the lease ends.</summary>
    public static readonly TimeSpan BeginWithin = TimeSpan.FromSeconds(45);

    /// <summary>A send of which nothing is heard for so long is nobody's any more. Longer than the longest timeout of a channel.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(180);

    /// <summary>A path of tags in a message is cut to its latest.</summary>
    public const int PathMax = 20;

    public const int SentMessagesMax = 20;

    /// <summary>Of one customer that a push goes to.</summary>
    public const int PushTokensMax = 20;
}
