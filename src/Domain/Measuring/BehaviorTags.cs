using System.Collections.Immutable;

namespace LStep.Domain.Measuring;

/// <summary>The behaviour tags a customer has; any number of them.</summary>
public static class BehaviorTags
{
    public static ImmutableArray<string> All { get; } =
        ["BT_001", "BT_002", "BT_003", "BT_004", "BT_005", "BT_006", "BT_007", "BT_008"];

    /// <summary>Codes, ascending.</summary>
    public static ImmutableArray<string> Of(Measures measures)
    {
        var month = measures.Month;
        measures.TryNumber(Metric.CommunityContribution, out var contribution);
        measures.TryNumber(Metric.FeaturesUsed30d, out var features);
        var tags = ImmutableArray.CreateBuilder<string>();
        if (month.ActiveDays >= 20) tags.Add("BT_001");
        if (month.Activities >= 20 && 100L * month.Mobile >= 60L * month.Activities) tags.Add("BT_002");
        if (contribution >= 60) tags.Add("BT_003");
        if (measures.Modules14 >= 2) tags.Add("BT_004");
        if (features >= 8) tags.Add("BT_005");
        if (month.Activities >= 20 && 100L * month.Video >= 50L * month.Activities) tags.Add("BT_006");
        if (month.Comments + month.Answers >= 10) tags.Add("BT_007");
        if (month.Assessments >= 3 && month.Finals >= 1) tags.Add("BT_008");
        return tags.ToImmutable();
    }

    public static string DisplayName(string code) => code switch
    {
        "BT_001" => "High-Frequency",
        "BT_002" => "Mobile-Primary",
        "BT_003" => "Community-Active",
        "BT_004" => "Fast-Track",
        "BT_005" => "Feature-Explorer",
        "BT_006" => "Video-Preferred",
        "BT_007" => "Collaboration-Focused",
        "BT_008" => "Certification-Driven",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "no such behaviour tag"),
    };
}
