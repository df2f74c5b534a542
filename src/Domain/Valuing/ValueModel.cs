using System.Collections.Immutable;
using System.Text.Json;

namespace LStep.Domain.Valuing;

/// <summary>What was fitted of the customers of one tier.</summary>
/// <param name="Mean">Of customers' mean payments.</param>
/// <param name="Differences">The variance of customers' true mean payments.</param>
/// <param name="Spread">The variance of a customer's payments around its mean, as a share of the mean squared.</param>
public sealed record TierValue(Renewals Renewals, Gaps Gaps, double Mean, double Differences, double Spread);

/// <summary>
/// What the payments of a population say of the payments to come. A customer's projection is a pure function of it and of the customer's
/// payments.
/// </summary>
/// <param name="Tiers">Of no tier, Freemium, Pro and Enterprise.</param>
/// <param name="Payers">How many it was fitted on.</param>
public sealed record ValueModel(ImmutableArray<TierValue> Tiers, int Payers)
{
    const string Format = "survival-mean-1";

    sealed record Written(string Format, int Payers, ImmutableArray<WrittenTier> Tiers);

    sealed record WrittenTier(
        double Ending, double Weight, double Error, ImmutableSortedDictionary<int, int> Gaps, double Mean, double Differences,
        double Spread);

    public TierValue Of(Tier? tier) => Tiers[PaymentSums.Place(tier)];

    /// <summary>With every chance to end so many standard errors higher: what the fit itself is uncertain of.</summary>
    public ValueModel Shifted(double errors)
    {
        var tiers = ImmutableArray.CreateBuilder<TierValue>(Tiers.Length);
        foreach (var one in Tiers) tiers.Add(one with { Renewals = one.Renewals.Shifted(errors) });
        return this with { Tiers = tiers.MoveToImmutable() };
    }

    public string Write()
    {
        var tiers = ImmutableArray.CreateBuilder<WrittenTier>(Tiers.Length);
        foreach (var one in Tiers)
            tiers.Add(new WrittenTier(
                one.Renewals.Ending, one.Renewals.Weight, one.Renewals.Error, one.Gaps.Counts, one.Mean, one.Differences, one.Spread));
        return JsonSerializer.Serialize(new Written(Format, Payers, tiers.MoveToImmutable()), JsonSerializerOptions.Web);
    }

    /// <returns>Null for one that another version of the product wrote.</returns>
    public static ValueModel? Read(string json)
    {
        if (JsonSerializer.Deserialize<Written>(json, JsonSerializerOptions.Web) is not { Format: Format } written) return null;
        var tiers = ImmutableArray.CreateBuilder<TierValue>(written.Tiers.Length);
        foreach (var one in written.Tiers)
            tiers.Add(new TierValue(
                new Renewals(one.Ending, one.Weight, one.Error), Gaps.Of(one.Gaps), one.Mean, one.Differences, one.Spread));
        return new ValueModel(tiers.MoveToImmutable(), written.Payers);
    }
}
