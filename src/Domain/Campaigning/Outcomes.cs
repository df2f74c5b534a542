using System.Collections.Immutable;

namespace LStep.Domain.Campaigning;

/// <summary>What a comparison looks at, the same for whoever got messages and for whoever was held out, whom nothing was sent.</summary>
public static class Outcomes
{
    /// <summary>
    /// Converted: completed a lesson or a module or took an assessment on one of so many business days after the day of the start. The
    /// day of the start is left out: what led to the transition lies on it.
    /// </summary>
    public const int ConvertedWithinDays = 7;

    /// <summary>Recovered: moved to a tag above that of the campaign within so many days of the start, and was not taken back.</summary>
    public const int RecoveredWithinDays = 14;

    static readonly ImmutableArray<StatusTag> Upwards =
    [
        StatusTag.Churned, StatusTag.ReEngagement, StatusTag.Declining, StatusTag.Active, StatusTag.Progressing, StatusTag.Mastery,
    ];

    /// <summary>None above mastery.</summary>
    public static ImmutableArray<StatusTag> Above(StatusTag tag) => Upwards[(Upwards.IndexOf(tag) + 1)..];
}
