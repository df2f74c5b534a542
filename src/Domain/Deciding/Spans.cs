using System.Collections.Immutable;

namespace LStep.Domain.Deciding;

/// <summary>The spans of time that the contract names.</summary>
static class Spans
{
    public static readonly TimeSpan Day = TimeSpan.FromHours(24);
    public static readonly TimeSpan Dwell = TimeSpan.FromHours(24);
    public static readonly TimeSpan Rapid = TimeSpan.FromDays(7);
    public static readonly TimeSpan Review = TimeSpan.FromHours(72);
    public static readonly TimeSpan ReviewOfChurn = TimeSpan.FromDays(14);

    /// <summary>A review that nobody has decided calls for attention so long after its opening.</summary>
    public static readonly ImmutableArray<TimeSpan> ReviewAlerts = [TimeSpan.FromHours(24), TimeSpan.FromHours(72)];

    /// <summary>Automation leaves a tag that a person set alone for so long.</summary>
    public static readonly TimeSpan Manual = TimeSpan.FromDays(7);

    /// <summary>A rejected or undone recommendation stays away for so long.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(14);

    public static readonly TimeSpan ImportQuiet = TimeSpan.FromSeconds(60);

    /// <summary>A stream of imports puts the settling off no longer than this.</summary>
    public static readonly TimeSpan ImportMax = TimeSpan.FromMinutes(10);

    /// <summary>A rhythm is kept while the silence is at most the usual gap and this many days.</summary>
    public const int RhythmDays = 2;

    public const int ImportRoundsMax = 5;
    public const int ObservedDaysForChurn = 30;
}
