using System.Collections.Immutable;

namespace LStep.Domain.Valuing;

/// <summary>
/// What a fit needs of everybody's payments. Customers are added one after the other, and none is kept: the room does not grow with them.
/// </summary>
public sealed class PaymentSums
{
    /// <summary>Of a customer the latest so many days with a payment are looked at.</summary>
    public const int PaidDaysMax = 240;

    /// <summary>Fewer customers of a tier have no figures of their own, but those of all.</summary>
    public const int PayersPerTierMin = 30;

    const int All = 4;

    readonly Group[] groups = [new(), new(), new(), new(), new()];

    /// <param name="paid">In order of days, one a day.</param>
    public void Add(Tier? tier, IReadOnlyList<PaidDay> paid, int today)
    {
        if (paid.Count == 0) return;
        groups[Place(tier)].Add(paid, today);
        groups[All].Add(paid, today);
    }

    public ValueModel Fit()
    {
        var all = groups[All].Fit(null);
        var tiers = ImmutableArray.CreateBuilder<TierValue>(All);
        for (var place = 0; place < All; place++)
            tiers.Add(groups[place].Payers < PayersPerTierMin ? all : groups[place].Fit(all));
        return new ValueModel(tiers.MoveToImmutable(), groups[All].Payers);
    }

    internal static int Place(Tier? tier) => tier switch { null => 0, Tier.Freemium => 1, Tier.Pro => 2, Tier.Enterprise => 3, _ => 0 };

    sealed class Group
    {
        readonly Dictionary<int, int> gaps = [];
        readonly Dictionary<(int Payments, int Since), int> ends = [];
        double means, meanSquares, deviations, freedom, inverses;

        public int Payers { get; private set; }

        public void Add(IReadOnlyList<PaidDay> paid, int today)
        {
            Payers++;
            var sum = 0.0;
            for (var i = 0; i < paid.Count; i++)
            {
                sum += paid[i].Amount;
                if (i > 0) Count(gaps, Math.Clamp(paid[i].Day - paid[i - 1].Day, 1, Gaps.DaysMax));
            }
            Count(ends, (Math.Min(paid.Count, PaidDaysMax), Math.Clamp(today - paid[^1].Day, 0, Gaps.DaysMax)));
            var mean = sum / paid.Count;
            foreach (var one in paid) deviations += (one.Amount / mean - 1) * (one.Amount / mean - 1);
            freedom += paid.Count - 1;
            inverses += 1.0 / paid.Count;
            means += mean;
            meanSquares += mean * mean;
        }

        /// <param name="all">What holds where this group says nothing; null for the group of all.</param>
        public TierValue Fit(TierValue? all)
        {
            var between = gaps.Count > 0 ? Gaps.Of(gaps) : all?.Gaps ?? Gaps.Monthly;
            var seen = new List<(int, double, int)>(ends.Count);
            foreach (var (end, customers) in ends) seen.Add((end.Payments, between.Longer(end.Since), customers));
            seen.Sort();
            if (Payers == 0) return new TierValue(Renewals.Unknown, between, 0, 0, 0);
            var (mean, spread) = (means / Payers, freedom > 0 ? deviations / freedom : 0.01);
            var ofMeans = Math.Max(0, (meanSquares / Payers) - (mean * mean));
            // What the means vary by chance is no difference between customers.
            var differences = Math.Max(ofMeans - (spread * mean * mean * inverses / Payers), 1e-6 * mean * mean);
            return new TierValue(Renewals.Fit(seen), between, mean, differences, spread);
        }

        static void Count<TKey>(Dictionary<TKey, int> counts, TKey key) where TKey : notnull =>
            counts[key] = counts.TryGetValue(key, out var before) ? before + 1 : 1;
    }
}
