using LStep.Api.Analytics;
using LStep.Api.Reviews;
using LStep.Api.Transitions;
using LStep.Grains;
using LStep.Grains.Analytics.Value;
using LStep.Grains.Campaigns;
using LStep.Grains.Customers;
using LStep.Grains.Reviews;
using LStep.Grains.Transitions;
using Orleans;

namespace LStep.Api.Customers;

/// <summary>What is told of one customer: its state, and what other subjects know of it.</summary>
public sealed class CustomerAnswers(
    IGrainFactory grains, LedgerReads ledger, ReviewReads reviews, PastCustomers past, CampaignSource campaigns, ValueModels values)
{
    private const int RecentTransitions = 10;

    /// <returns>Null for one that is not known.</returns>
    public async Task<Customer?> Now(string id, CancellationToken cancel)
    {
        if (await grains.GetGrain<ICustomerGrain>(id).View() is not { } view) return null;
        var recent = ledger.OfCustomer(id, RecentTransitions, cancel);
        var value = values.Of(id, view.Tier, cancel);
        var review = await reviews.OpenOf(id, cancel);
        return Answer(view, await recent, review) with
        {
            PriorityAction = PriorityActionRow.Of(campaigns.Current, view.ProductTag, view.Tag),
            ProjectedLtv = ProjectedLtv.Of(await value),
        };
    }

    /// <summary>As it was known then.</summary>
    /// <returns>Null for one that was not known.</returns>
    public async Task<Customer?> At(string id, DateTimeOffset at, CancellationToken cancel) =>
        await past.At(id, at, RecentTransitions, cancel) is { } then ? Answer(then.View(), then.Recent, then.Review) : null;

    private static Customer Answer(CustomerView view, IReadOnlyList<LedgerRow> recent, ReviewRecord? review) =>
        Customer.Of(view, [.. recent.Select(TransitionRow.Of)], review is null ? null : ReviewRow.Of(review));
}
