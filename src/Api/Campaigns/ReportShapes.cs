using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Reports;

namespace LStep.Api.Campaigns;

/// <param name="From">The first business day on which the campaign started for those who count.</param>
/// <param name="To">The last one.</param>
/// <param name="Window">How long after the start an outcome counts.</param>
/// <param name="Groups">One for each variant, or one without a variant, and one for those who were held out.</param>
/// <param name="Machine">To how many customers messages were opened and followed by machines, which no other figure has.</param>
/// <param name="Leader">The variant whose conversion is certainly above that of every other group; null while there is none.</param>
/// <param name="Behind">Activities of days that are over are still being counted: conversions may be missing.</param>
public sealed record CampaignReport(
    string Campaign, DateOnly From, DateOnly To, OutcomeWindow Window, IReadOnlyList<ReportGroup> Groups, MachineCounts Machine,
    string? Leader, bool Behind)
{
    public static CampaignReport Of(Campaign campaign, DateOnly from, DateOnly to, IReadOnlyList<ReportRow> rows, bool isBehind)
    {
        var arms = Arms(campaign, rows);
        var groups = arms.Select(arm => ReportGroup.Of(arm, Holdout(rows, arm.Variant), arms.Count)).ToList();
        var heldOut = rows.Where(row => row.HeldOut).ToList();
        if (heldOut.Count > 0 || campaign.HoldoutPercent > 0) groups.Add(ReportGroup.OfHoldout(ReportRow.Sum(null, true, heldOut)));
        return new CampaignReport(
            campaign.Name, from, to, new OutcomeWindow(Outcomes.RecoveredWithinDays, Outcomes.ConvertedWithinDays), groups,
            new MachineCounts(rows.Sum(row => row.MachineOpened), rows.Sum(row => row.MachineClicked)), LeaderOf(arms, rows), isBehind);
    }

    /// <summary>One variant beside the holdout; what was found out about it by comparing all stays.</summary>
    public CampaignReport Only(string variant) =>
        this with { Groups = [.. Groups.Where(group => group.Holdout || group.Variant == variant)] };

    /// <summary>The variants of now, those of the time that are no more, and those without one; each has a row.</summary>
    private static List<ReportRow> Arms(Campaign campaign, IReadOnlyList<ReportRow> rows)
    {
        var names = campaign.Variants.Select(variant => (string?)variant.Name).Concat(rows.Select(row => row.Variant).OfType<string>())
            .Concat(rows.Where(row => row.Variant is null).Select(_ => (string?)null)).Distinct().ToList();
        if (names.Count == 0) names.Add(null);
        return names.ConvertAll(name => ReportRow.Sum(name, false, rows.Where(row => !row.HeldOut && row.Variant == name)));
    }

    /// <summary>Of the same time: who came before there were variants is compared with those who were held out then.</summary>
    private static ReportRow Holdout(IReadOnlyList<ReportRow> rows, string? variant) => ReportRow.Sum(
        null, true, rows.Where(row => row.HeldOut && row.Variant is null == variant is null));

    private static string? LeaderOf(List<ReportRow> arms, IReadOnlyList<ReportRow> rows)
    {
        var compared = arms.Where(arm => arm.Variant is not null).ToList();
        if (compared.Count < 2) return null;
        var holdout = Holdout(rows, compared[0].Variant);
        var counts = compared.ConvertAll(arm => arm.ConversionKnown);
        if (holdout.Customers > 0) counts.Add(holdout.ConversionKnown);
        return Comparison.Leader(counts) is { } first && first < compared.Count ? compared[first].Variant : null;
    }
}

public sealed record OutcomeWindow(int RecoveredWithinDays, int ConvertedWithinDays);

public sealed record MachineCounts(long Opened, long Clicked);

/// <summary>
/// Customers, each once, by its first start in the time that came to the holdout's draw. Who had not, because the tag had changed, the
/// consent was missing or the campaign's condition did not hold, is in no group, held out or not.
/// </summary>
/// <param name="Actions">Of every action of the group, those of customers that do not count as well.</param>
/// <param name="Sent">
/// To whom at least one message was sent, or may have been and something came back by it; so for the next ones, of people where it can be
/// told.
/// </param>
/// <param name="Attributed">Of whom the platform told a conversion by one of the messages; nobody can say it of the holdout.</param>
/// <param name="Converted">Completed a lesson or a module or took an assessment in the days after that of the start.</param>
/// <param name="Recovered">Moved to a tag above that of the campaign in the days after the start.</param>
/// <param name="Known">Of how many customers the days for each outcome are over: rates and uplift are of them.</param>
/// <param name="WhyNoUplift">Why there is no figure for at least one of the outcomes.</param>
public sealed record ReportGroup(
    string? Variant, bool Holdout, long Customers, ActionCounts Actions, long Sent, long Delivered, long Opened, long Clicked, long Bounced,
    long Complained, long Unsubscribed, long Attributed, long Converted, long Recovered, KnownOutcomes Known, ReportRates Rates,
    ReportUplift Uplift, string? WhyNoUplift)
{
    internal static ReportGroup OfHoldout(ReportRow row) => Of(row, new ReportUplift(null, null), null);

    internal static ReportGroup Of(ReportRow row, ReportRow holdout, int arms)
    {
        if (holdout.Customers == 0)
            return Of(row, new ReportUplift(null, null), "Nobody was held out, so there is nothing to compare with.");
        var uplift = new ReportUplift(
            UpliftRow.Of(holdout.ConversionKnown, row.ConversionKnown, arms), UpliftRow.Of(holdout.RecoveryKnown, row.RecoveryKnown, arms));
        return Of(
            row, uplift,
            Comparison.WhyNone(holdout.ConversionKnown, row.ConversionKnown, "converted", Outcomes.ConvertedWithinDays)
                ?? Comparison.WhyNone(holdout.RecoveryKnown, row.RecoveryKnown, "recovered", Outcomes.RecoveredWithinDays));
    }

    private static ReportGroup Of(ReportRow row, ReportUplift uplift, string? whyNone) => new(
        row.Variant, row.HeldOut, row.Customers, ActionCounts.Of(row.Actions.Select((count, status) => ((ActionStatus)status, count))),
        row.Sent, row.Of(MessageEvent.Delivered), row.Of(MessageEvent.Opened), row.Of(MessageEvent.Clicked), row.Of(MessageEvent.Bounced),
        row.Of(MessageEvent.Complained), row.Of(MessageEvent.Unsubscribed), row.Of(MessageEvent.Converted), row.Converted, row.Recovered,
        new KnownOutcomes(row.ConversionKnown.People, row.RecoveryKnown.People),
        new ReportRates(
            RateRow.Of(new ArmCounts(row.Sent, row.Of(MessageEvent.Opened))),
            RateRow.Of(new ArmCounts(row.Sent, row.Of(MessageEvent.Clicked))), RateRow.Of(row.ConversionKnown),
            RateRow.Of(row.RecoveryKnown)),
        uplift, whyNone);
}

public sealed record KnownOutcomes(long Converted, long Recovered);

/// <summary>Opened and clicked: of customers to whom something was sent. Each null below 100 customers.</summary>
public sealed record ReportRates(RateRow? Opened, RateRow? Clicked, RateRow? Converted, RateRow? Recovered);

/// <summary>A share, 0 to 1, with its 95% interval for one look.</summary>
public sealed record RateRow(double Value, double Low, double High)
{
    internal static RateRow? Of(ArmCounts counts) =>
        CampaignReports.RateOf(counts) is { } interval ? new RateRow(counts.Rate, interval.Low, interval.High) : null;
}

/// <summary>Against the holdout; null without enough customers.</summary>
public sealed record ReportUplift(UpliftRow? Converted, UpliftRow? Recovered);

/// <param name="Difference">The group's rate less that of the holdout: 0.05 is five percentage points.</param>
/// <param name="Low">Of the 95% interval, which holds at every look and over all variants together.</param>
/// <param name="Certain">The interval has no zero in it.</param>
public sealed record UpliftRow(double Difference, double Low, double High, bool Certain)
{
    internal static UpliftRow? Of(ArmCounts holdout, ArmCounts arm, int arms) =>
        Domain.Campaigning.Uplift.Against(holdout, arm, arms) is { } figure
            ? new UpliftRow(figure.Estimate, figure.Interval.Low, figure.Interval.High, figure.IsCertain) : null;
}
