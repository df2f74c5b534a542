using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Planning;
using LStep.Grains.Campaigns.Templates;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Rules;

namespace LStep.Grains.Campaigns.Sending;

/// <param name="Content">Links of it are neither tracked nor signed.</param>
/// <param name="Marketing">Whether consent, cap and quiet hours would apply.</param>
public sealed record MessagePreview(int Step, Channel Channel, string? Variant, bool Marketing, Recipient To, MessageContent Content);

/// <summary>What a customer would be sent now, whether or not it would be; nothing is sent, counted or kept.</summary>
public sealed class MessagePreviews(PostgresDatabase database, RulebookSource rulebook, MessageComposer composer, TimeProvider clock)
{
    /// <param name="locale">In place of the customer's own; null for that.</param>
    /// <returns>Null where there is no such customer.</returns>
    /// <exception cref="TemplateException">It cannot be rendered.</exception>
    /// <exception cref="UnreadableCustomerException">The customer's row cannot be read.</exception>
    public async Task<MessagePreview?> Of(Campaign campaign, CampaignStep step, string customerId, string? locale, CancellationToken cancel)
    {
        return await Ready(campaign, step, customerId, null, cancel) is { } ready ? Of(ready, locale) : null;
    }

    /// <exception cref="TemplateException">It cannot be rendered.</exception>
    internal MessagePreview Of(ReadyAction ready, string? locale)
    {
        var (action, message) = (ready.Action, composer.Preview(ready, locale));
        return new MessagePreview(
            action.Step, action.Channel, action.Variant, action.Kind == CampaignKind.Marketing, message.Recipient, message.Content);
    }

    /// <param name="variant">In place of the one that falls to the customer; null for that.</param>
    internal Task<ReadyAction?> Ready(
        Campaign campaign, CampaignStep step, string customerId, string? variant, CancellationToken cancel) =>
        database.People.Use(
            async connection =>
            {
                var found = await connection.Rows(
                    "campaign_customers", StoredCustomer.Read, cancel, (object)new[] { customerId }, CustomerLimits.BytesPerCustomerMax);
                if (found is not [{ State: var state }]) return null;
                var (now, book) = (clock.Now(), rulebook.Current);
                var zone = LocalTimes.ZoneOf(state.Profile, book.Calendar);
                var facts = (await FactsOfMany.Read(connection, [(customerId, campaign.Name)], now, cancel))
                    .For(customerId, campaign.Name, now, zone);
                var transition = facts.Path.FirstOrDefault(row => row.Tag == campaign.On) ?? facts.Path.FirstOrDefault();
                var given = (await GivenVariants.Of(connection, [campaign], [customerId], cancel)).Of(customerId);
                var action = new ClaimedAction(
                    0, customerId, CauseKind.Transition, campaign.Name, step.Number,
                    variant ?? CampaignDraws.VariantOf(campaign, customerId, given?.GetValueOrDefault(campaign.Name)),
                    step.Channel, campaign.Kind, campaign.On, transition?.Id, now, now, now, now, false, 0, null, Guid.Empty, false);
                return new ReadyAction(action, campaign, state, facts, book, now);
            }, cancel);
}
