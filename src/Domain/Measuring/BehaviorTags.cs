using System.Collections.Immutable;
using System.Numerics;

namespace LStep.Domain.Measuring;

/// <summary>
/// The behaviour tags a customer has; any number of them. A tag is gained at once and lost only when the business day changes, so that none
/// flaps within a day: what an event takes away, the state keeps until midnight.
/// </summary>
public static class BehaviorTags
{
    const int HighFrequency = 1, MobilePrimary = 1 << 1, CommunityActive = 1 << 2, FastTrack = 1 << 3, FeatureExplorer = 1 << 4,
        VideoPreferred = 1 << 5, CollaborationFocused = 1 << 6, CertificationDriven = 1 << 7;

    public static ImmutableArray<string> All { get; } =
        ["BT_001", "BT_002", "BT_003", "BT_004", "BT_005", "BT_006", "BT_007", "BT_008"];

    /// <summary>Codes, ascending.</summary>
    public static ImmutableArray<string> Of(Measures measures)
    {
        var bits = BitsOf(measures);
        if (bits == 0) return [];
        var tags = ImmutableArray.CreateBuilder<string>(BitOperations.PopCount((uint)bits));
        for (var place = 0; place < All.Length; place++)
            if ((bits & (1 << place)) != 0) tags.Add(All[place]);
        return tags.MoveToImmutable();
    }

    /// <summary>Bit 0 is BT_001. Allocates nothing.</summary>
    public static int BitsOf(Measures measures)
    {
        var month = measures.Month;
        measures.TryNumber(Metric.CommunityContribution, out var contribution);
        measures.TryNumber(Metric.FeaturesUsed30d, out var features);
        return (month.ActiveDays >= 20 ? HighFrequency : 0)
            | Shares(month.Activities, month.Mobile, month.Video)
            | (contribution >= 60 ? CommunityActive : 0)
            | (measures.Modules14 >= 2 ? FastTrack : 0)
            | (features >= 8 ? FeatureExplorer : 0)
            | (month.Comments + month.Answers >= 10 ? CollaborationFocused : 0)
            | (month.Assessments >= 3 && month.Finals >= 1 ? CertificationDriven : 0)
            | measures.KeptTags;
    }

    /// <summary>Whether a customer has the tag of this code.</summary>
    public static bool Has(Measures measures, string code) =>
        All.BinarySearch(code, StringComparer.Ordinal) is >= 0 and var place && (BitsOf(measures) & (1 << place)) != 0;

    /// <summary>Which bit a tag is.</summary>
    public static int PlaceOf(string code) => code[^1] - '1';

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

    /// <summary>What is kept when events have changed the days of a customer.</summary>
    internal static KeptTags Kept(
        CustomerState before, ImmutableArray<DayWindow> days, BusinessCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        var isSameDay = calendar.DayOf(before.Kept?.At ?? before.EvaluatedAt) == today;
        var had = Losable(before.Days, today) | (isSameDay ? before.Kept?.Tags ?? 0 : 0);
        return new KeptTags(now, had & ~Losable(days, today), !isSameDay || before.Kept?.IsWhole == true);
    }

    /// <summary>What is kept when the state is settled through an instant: nothing of the days before.</summary>
    internal static KeptTags? Kept(CustomerState state, BusinessCalendar calendar, DateTimeOffset evaluatedAt)
    {
        if (calendar.DayOf(state.Kept?.At ?? state.EvaluatedAt) == calendar.DayOf(evaluatedAt))
            return state.Kept is { } kept ? kept with { At = evaluatedAt } : null;
        return new KeptTags(evaluatedAt, 0, IsWhole: true);
    }

    /// <summary>
    /// Those that an event can take away: the two shares, and two modules of which one turns out to have been completed earlier. The others
    /// only count what there is more of with every event.
    /// </summary>
    static int Losable(ImmutableArray<DayWindow> days, DateOnly today)
    {
        var (activities, mobile, video, modules) = (0, 0, 0, 0);
        foreach (var day in days.AsSpan())
        {
            var age = today.DayNumber - day.Date.DayNumber;
            if (age is < 0 or >= Limits.WindowDays) continue;
            activities += day.Activities;
            mobile += day.MobileActivities;
            video += day.VideoActivities;
            if (age < 14) modules += day.Modules;
        }
        return Shares(activities, mobile, video) | (modules >= 2 ? FastTrack : 0);
    }

    static int Shares(int activities, int mobile, int video) => activities < 20 ? 0
        : (100L * mobile >= 60L * activities ? MobilePrimary : 0) | (100L * video >= 50L * activities ? VideoPreferred : 0);
}
