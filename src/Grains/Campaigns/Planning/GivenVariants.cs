using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Planning;

/// <summary>
/// The contents of comparisons that some customers were given: they stay, so that nobody is in two arms of one comparison because its
/// weights were changed.
/// </summary>
internal sealed class GivenVariants
{
    private readonly string[] compared;
    private readonly Dictionary<string, Dictionary<string, string>> given;
    private readonly List<(string Customer, string Campaign, string Variant)> added = [];

    private GivenVariants(string[] compared, Dictionary<string, Dictionary<string, string>> given) =>
        (this.compared, this.given) = (compared, given);

    /// <summary>Asks nothing where no campaign compares anything.</summary>
    public static async Task<GivenVariants> Of(
        NpgsqlConnection connection, ImmutableArray<Campaign> campaigns, string[] customers, CancellationToken cancel)
    {
        string[] compared = [.. campaigns.Where(one => !one.Variants.IsEmpty).Select(one => one.Name)];
        if (compared.Length == 0) return new GivenVariants([], []);
        var rows = await connection.Rows(
            "campaign_variants_given", row => (Customer: row.GetString(0), Campaign: row.GetString(1), Variant: row.GetString(2)), cancel,
            customers, compared);
        return new GivenVariants(compared, rows.GroupBy(row => row.Customer, StringComparer.Ordinal).ToDictionary(
            of => of.Key, of => of.ToDictionary(row => row.Campaign, row => row.Variant, StringComparer.Ordinal), StringComparer.Ordinal));
    }

    /// <summary>By campaign; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Of(string customer) => given.GetValueOrDefault(customer);

    /// <summary>What the customer was given in place of nothing, or of what the campaign no longer has.</summary>
    /// <param name="variant">Of a campaign that compares nothing it is not the customer's own, and is not kept.</param>
    public void Give(string customer, string campaign, string? variant)
    {
        if (variant is null || !compared.Contains(campaign)) return;
        if (!given.TryGetValue(customer, out var theirs)) given[customer] = theirs = new(StringComparer.Ordinal);
        if (theirs.GetValueOrDefault(campaign) == variant) return;
        theirs[campaign] = variant;
        added.Add((customer, campaign, variant));
    }

    public Task Store(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancel) => added.Count == 0
        ? Task.CompletedTask
        : connection.Execute(
            "campaign_variants_give", cancel, added.ConvertAll(row => row.Customer), added.ConvertAll(row => row.Campaign),
            added.ConvertAll(row => row.Variant), now);
}
