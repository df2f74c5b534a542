using System.Collections.Immutable;
using System.Globalization;
using LStep.Domain.Campaigning;

namespace LStep.Domain.Recommending;

/// <summary>What became of those who got a campaign and of those who were held out, of whom each outcome is known.</summary>
public sealed record CampaignOutcome(
    Campaign Campaign, ArmCounts Converted, ArmCounts ConvertedHeldOut, ArmCounts Recovered, ArmCounts RecoveredHeldOut);

/// <summary>Campaigns of which enough is known to say that they have no effect that would be worth their messages.</summary>
public static class CampaignEffects
{
    /// <summary>As a share of customers: five percentage points.</summary>
    public const double Worthwhile = 0.05;

    /// <summary>How far back starts are looked at.</summary>
    public const int SinceDays = 180;

    public static ImmutableArray<Recommendation> Of(IReadOnlyList<CampaignOutcome> outcomes) =>
    [
        .. outcomes.Where(one => one.Campaign.Active).OrderBy(one => one.Campaign.Name, StringComparer.Ordinal)
            .Select(Told).OfType<Recommendation>(),
    ];

    /// <summary>
    /// Null unless the interval of every outcome that the campaign is for lies below what is worthwhile and is not above zero. The
    /// intervals hold at every look, so that making recommendations daily does not find one by looking often.
    /// </summary>
    static Recommendation? Told(CampaignOutcome one)
    {
        var isForRecovery = one.Campaign.On.Category() != TagCategory.Learning;
        var looked = isForRecovery ? 2 : 1;
        if (Uplift.Against(one.ConvertedHeldOut, one.Converted, looked) is not { } converted || MayHelp(converted)) return null;
        UpliftFigure? recovered = null;
        if (isForRecovery)
        {
            recovered = Uplift.Against(one.RecoveredHeldOut, one.Recovered, looked);
            if (recovered is not { } known || MayHelp(known)) return null;
        }
        return Worded(one, converted, recovered);
    }

    static bool MayHelp(UpliftFigure figure) => figure.Interval.High >= Worthwhile || figure.Interval.Low > 0;

    static Recommendation Worded(CampaignOutcome one, UpliftFigure converted, UpliftFigure? recovered)
    {
        var name = one.Campaign.Name;
        var figures = ImmutableArray.Create(
            new RecommendedFigure("converted_uplift", converted.Estimate, converted.Interval.Low, converted.Interval.High));
        if (recovered is { } known)
            figures = figures.Add(new("recovered_uplift", known.Estimate, known.Interval.Low, known.Interval.High));
        return new Recommendation(
            RecommendationKind.CampaignWithoutEffect, $"campaign:{name}", $"The campaign {name} shows no effect",
            $"{one.Converted.People} customers got it and {one.ConvertedHeldOut.People} were held out. Those who got it did not act more "
            + $"often: the difference is {Points(converted.Estimate)} percentage points, and an effect of {Points(Worthwhile)} points or "
            + "more would have been seen. Change its texts, or switch it off and spare customers the messages.",
            Recommendation.Named(("campaign", name), ("worthwhile", Worthwhile.ToString(CultureInfo.InvariantCulture))),
            [.. figures, new("people", one.Converted.People), new("held_out", one.ConvertedHeldOut.People)],
            $"/campaigns?name={Uri.EscapeDataString(name)}", []);
    }

    static string Points(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture);
}
