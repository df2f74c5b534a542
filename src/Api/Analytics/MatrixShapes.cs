using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Domain.Measuring;
using LStep.Grains.Analytics;

namespace LStep.Api.Analytics;

/// <param name="Through">The ledger id up to which everything is counted.</param>
/// <param name="CampaignSet">The version of the set of campaigns that the priority actions are read from.</param>
/// <param name="Cells">One for each product and status; by product, last those without one, then by status.</param>
public sealed record Matrix(DateTimeOffset AsOf, long Through, int CampaignSet, long Customers, IReadOnlyList<MatrixCell> Cells)
{
    public static Matrix Of(MatrixFigures figures, CampaignSet set)
    {
        var counts = figures.Counts.ToDictionary(one => (one.Tier, one.Tag), one => one.Customers);
        IEnumerable<Tier?> tiers = [Tier.Pro, Tier.Enterprise, Tier.Freemium, null];
        return new Matrix(
            figures.Frame.AsOf, figures.Frame.Through, set.Version, counts.Values.Sum(),
            [.. tiers.SelectMany(tier => StatusTags.All.Select(tag => new MatrixCell(
                Tiers.ProductTag(tier), tag, counts.GetValueOrDefault((tier, tag)),
                PriorityActionRow.Of(set, Tiers.ProductTag(tier), tag))))]);
    }
}

/// <param name="ProductTag">Null for customers without a product.</param>
/// <param name="PriorityAction">Null where the campaigns in force have none for both.</param>
public sealed record MatrixCell(string? ProductTag, StatusTag Status, long Customers, PriorityActionRow? PriorityAction);

/// <param name="Text">What the campaign does, in a line.</param>
public sealed record PriorityActionRow(string Campaign, string Text)
{
    public static PriorityActionRow? Of(CampaignSet set, string? productTag, StatusTag tag) =>
        PriorityActions.Of(set, productTag, tag) is { } action ? new PriorityActionRow(action.Campaign, action.Text) : null;
}
