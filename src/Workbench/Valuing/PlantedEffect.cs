using LStep.Domain.Campaigning;
using LStep.Domain.Valuing;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Valuing;

/// <summary>
/// Invented starts of a campaign: what each pays within 90 days, a tenth held out, and some of the others pay once more because of it. The
/// report is looked at again and again while starts come in.
/// </summary>
/// <param name="starts">In all.</param>
/// <param name="lift">The chance that the campaign brings one payment more.</param>
internal sealed class PlantedEffect(int starts, double lift)
{
    private const double HoldoutShare = 0.1;
    private const int Looks = 20;

    private static readonly int[] Prices = [29, 49, 49, 79];

    /// <summary>The true difference per start.</summary>
    public double Truth => lift * Prices.Average();

    /// <returns>The last figure, and whether any look on the way claimed a difference, or missed the truth.</returns>
    public (EffectFigure? Last, bool EverCertain, bool EverMissed) Run(ulong seed)
    {
        var (holdout, arm) = (default(PaidArm), default(PaidArm));
        var (certain, missed) = (false, false);
        EffectFigure? last = null;
        for (var number = 1; number <= starts; number++)
        {
            var chance = Chance.Of(seed, number, 0);
            var (isHeldOut, price, stays) = (chance.Happens(HoldoutShare), chance.Of(Prices), chance.Share());
            var payments = 0;
            while (payments < 3 && chance.Happens(stays)) payments++;
            if (!isHeldOut && chance.Happens(lift)) payments++;
            if (isHeldOut) holdout = holdout.With(payments * price);
            else arm = arm.With(payments * price);
            if (number % (starts / Looks) != 0) continue;
            last = PaymentEffect.Against(holdout, arm);
            certain |= last is { IsCertain: true };
            missed |= last is { } figure && !figure.Interval.Contains(Truth);
        }
        return (last, certain, missed);
    }
}
