using LStep.Domain.Campaigning;
using LStep.Domain.Valuing;
using LStep.Grains.Analytics.Value;

namespace LStep.Api.Analytics;

/// <summary>What was paid within 90 days of a campaign's start, by those who got it and by those held out, and what that says.</summary>
/// <param name="Starts">Of those who got it; a customer's are 90 days apart or more.</param>
/// <param name="MeanPaid">Per start.</param>
/// <param name="Cost">Of its sends in the range, by the costs as they are set now.</param>
/// <param name="PerStart">What it brings per start against the holdout; its interval holds however often it is looked at.</param>
/// <param name="Gained">The same over all starts.</param>
/// <param name="Net">Gained less the cost.</param>
/// <param name="Roi">Net in percent of the cost; null where it cost nothing.</param>
/// <param name="Certain">The difference has a sign.</param>
/// <param name="WhyNone">Why there is no figure; null where there is one.</param>
public sealed record CampaignPayback(
    string Name, long Starts, long HeldOut, double MeanPaid, double HeldOutMeanPaid, long Sent, decimal Cost, BoundedFigure? PerStart,
    BoundedFigure? Gained, BoundedFigure? Net, BoundedFigure? Roi, bool Certain, string? WhyNone)
{
    private const int Percent = 100;

    internal static CampaignPayback Of(string name, IReadOnlyList<CampaignSide> sides, SendCosts costs)
    {
        var (arm, holdout) = (Side(heldOut: false), Side(heldOut: true));
        long[] sent = [.. sides.Where(side => !side.HeldOut).SelectMany(side => side.Sent)];
        var cost = costs.Of(name, sent);
        var effect = PaymentEffect.Against(holdout, arm);
        CampaignReturn? brought = effect is { } figure ? CampaignReturn.Of(figure, arm.Starts, (double)cost) : null;
        return new CampaignPayback(
            name, arm.Starts, holdout.Starts, BoundedFigure.Round(arm.Mean, 2), BoundedFigure.Round(holdout.Mean, 2), sent.Sum(),
            Math.Round(cost, 2, MidpointRounding.AwayFromZero),
            effect is { } told ? BoundedFigure.Of(told.PerStart, told.Interval) : null,
            brought is { } gained ? BoundedFigure.Of(gained.Gained, gained.GainedInterval) : null,
            brought is { } net ? BoundedFigure.Of(net.Net, net.NetInterval) : null,
            brought is { Share: { } share, ShareInterval: { } shares }
                ? BoundedFigure.Of(Percent * share, new Interval(Percent * shares.Low, Percent * shares.High), 1) : null,
            effect is { IsCertain: true }, Why(holdout, "the holdout") ?? Why(arm, "the customers who got it"));

        PaidArm Side(bool heldOut) =>
            sides.Where(side => side.HeldOut == heldOut).Aggregate(default(PaidArm), (sum, side) => sum + side.Paid);
    }

    private static string? Why(PaidArm side, string name) =>
        side.Starts < Uplift.PeoplePerArmMin
            ? $"Of {name} {side.Starts} starts have had their {PaymentEffect.WithinDays} days; a figure needs {Uplift.PeoplePerArmMin}."
        : !PaymentEffect.IsLargeEnough(side) ? $"All of {name} paid the same." : null;
}


/// <param name="Channels">One send, by channel.</param>
/// <param name="Campaigns">What a campaign gives away with each send, by campaign.</param>
public sealed record CostsOfSends(IReadOnlyDictionary<string, decimal> Channels, IReadOnlyDictionary<string, decimal> Campaigns)
{
    internal static CostsOfSends Of(SendCosts costs) => new(
        costs.Channels.OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary(),
        costs.Campaigns.OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary());
}


/// <param name="Channels">email, push, line, in_app, webhook, task, alert; what is left out costs nothing.</param>
/// <param name="Campaigns">By the campaign's name; what is left out gives nothing away.</param>
public sealed record NewCostsOfSends(Dictionary<string, decimal>? Channels = null, Dictionary<string, decimal>? Campaigns = null);
