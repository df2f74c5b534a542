using LStep.Domain.Valuing;

namespace LStep.Workbench.Valuing;

/// <summary>How well a projection told what was paid afterwards.</summary>
internal sealed class Accuracy
{
    private double projected, low, high, paid, errors, widths;
    private long customers, inside, alive, aliveInside;

    public void Add(ProjectedValue told, double sum)
    {
        customers++;
        (projected, paid, errors, widths) =
            (projected + told.Value, paid + sum, errors + Math.Abs(told.Value - sum), widths + told.High - told.Low);
        var isInside = sum >= told.Low && sum <= told.High;
        if (isInside) inside++;
        if (sum <= 0) return;
        alive++;
        if (isInside) aliveInside++;
    }

    public void AddRange(double from, double to) => (low, high) = (low + from, high + to);

    public long Customers => customers;
    public double Inside => 100.0 * inside / customers;
    public double InsideOfThosePaying => 100.0 * aliveInside / alive;
    public double MeanError => errors / customers;
    public double MeanPaid => paid / customers;
    public double MeanWidth => widths / customers;
    public double Bias => 100 * ((projected / paid) - 1);
}

/// <summary>Two invented years are known, and the third is told: by the product's model, and by the one it is compared with.</summary>
internal static class HeldOutYear
{
    private const int KnownDays = 730;

    /// <returns>Whether the sum over all lies within its interval.</returns>
    public static bool Run(ulong seed, int learners, Accuracy ours, Accuracy other)
    {
        var cut = InventedPayments.Day(KnownDays - 1);
        var payers = InventedPayments.Of(KnownDays + Projection.HorizonDays, learners, seed)
            .Select(payer => (Known: payer with { Paid = [.. payer.Paid.Where(one => one.Day <= cut)] },
                Later: payer.Paid.Where(one => one.Day > cut).Sum(one => one.Amount)))
            .Where(payer => payer.Known.Paid.Count > 0).ToList();
        var sums = new PaymentSums();
        foreach (var (known, _) in payers) sums.Add(known.Tier, known.Paid, cut);
        var (model, random) = (sums.Fit(), new Random((int)(seed % int.MaxValue)));
        var others = payers.GroupBy(payer => payer.Known.Tier).ToDictionary(
            tier => tier.Key ?? default, tier => new BuyTillYouDie([.. tier.Select(payer => payer.Known)], cut));
        var total = new ValueSum();
        foreach (var (known, later) in payers)
        {
            ours.Add(Projection.Of(model, known.Tier, known.Paid, cut)!.Value, later);
            total.Add(model, known.Tier, known.Paid, cut);
            other.Add(others[known.Tier ?? default].Of(known, cut, Projection.HorizonDays, random), later);
        }
        var (low, high) = total.Interval;
        var all = payers.Sum(payer => payer.Later);
        return all >= low && all <= high;
    }
}
