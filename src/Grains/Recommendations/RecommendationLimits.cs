namespace LStep.Grains.Recommendations;

/// <summary>Bounds of a run; the unit is in the name.</summary>
public static class RecommendationLimits
{
    /// <summary>Whose logs are played to try thresholds.</summary>
    public const int LearnersMax = 400;

    public const int LearnersPerStatementMax = 10;

    /// <summary>Read of their logs for one set of trials; learners after that are left out.</summary>
    public const int ActivitiesMax = 100_000;

    /// <summary>What happened in them is counted.</summary>
    public const int HistoryDays = 90;

    public const int CampaignsMax = 50;

    /// <summary>Of each kind, those that most learners completed.</summary>
    public const int LessonsMax = 1_000;

    /// <summary>On the list at once.</summary>
    public const int ListedMax = 200;

    public const int DismissedDays = 30;

    /// <summary>What somebody waits for ends after it, and what was there before stands.</summary>
    public const int RunSecondsMax = 120;
}
