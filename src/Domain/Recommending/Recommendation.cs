using System.Collections.Immutable;

namespace LStep.Domain.Recommending;

public enum RecommendationKind : byte
{
    /// <summary>A rule whose alarms are wrong more often than right.</summary>
    FalseAlarms = 0,

    /// <summary>Other thresholds find more of those who fall silent, at no more alarms.</summary>
    Threshold = 1,

    /// <summary>A campaign that would have shown a worthwhile effect if it had one.</summary>
    CampaignWithoutEffect = 2,

    /// <summary>A lesson or module after which learners fall silent far more often than after others.</summary>
    SilenceAfterLesson = 3,
}

/// <summary>A figure behind a recommendation; shares are 0 to 1. Low and High are its 95% interval where it has one.</summary>
public sealed record RecommendedFigure(string Name, double Value, double? Low = null, double? High = null);

/// <summary>Something worth doing, with the figures it follows from.</summary>
/// <param name="Subject">With the kind what it is about, so that it is known again: "rule:3".</param>
/// <param name="Parameters">What the texts name, so that they can be worded in another language.</param>
/// <param name="Evidence">The page of the dashboard that shows what it is about.</param>
/// <param name="Rules">The set of rules to be tried out; empty where rules have no part in it.</param>
public sealed record Recommendation(
    RecommendationKind Kind, string Subject, string Title, string Text, ImmutableSortedDictionary<string, string> Parameters,
    ImmutableArray<RecommendedFigure> Figures, string Evidence, ImmutableArray<Rule> Rules)
{
    internal static ImmutableSortedDictionary<string, string> Named(params IReadOnlyList<(string Name, string Value)> parameters)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in parameters) named.Add(name, value);
        return named.ToImmutable();
    }
}

public static class RecommendationKinds
{
    public static IReadOnlyList<RecommendationKind> All { get; } = Enum.GetValues<RecommendationKind>();

    public static string Name(this RecommendationKind kind) => kind switch
    {
        RecommendationKind.FalseAlarms => "false_alarms",
        RecommendationKind.Threshold => "threshold",
        RecommendationKind.CampaignWithoutEffect => "campaign_without_effect",
        RecommendationKind.SilenceAfterLesson => "silence_after_lesson",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind"),
    };

    public static RecommendationKind? Named(string name)
    {
        foreach (var kind in All)
            if (kind.Name() == name) return kind;
        return null;
    }
}
