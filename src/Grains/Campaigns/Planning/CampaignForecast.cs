using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Database;

namespace LStep.Grains.Campaigns.Planning;

/// <summary>What would follow from steps that are not committed.</summary>
public sealed class CampaignForecast(PostgresDatabase database, CampaignSource campaigns)
{
    /// <summary>How many messages to customers their campaigns would start; what becomes of each is decided when it is due.</summary>
    public Task<int> Messages(IReadOnlyCollection<Step> steps, Rulebook book, DateTimeOffset now, CancellationToken cancel)
    {
        if (steps.Count == 0) return Task.FromResult(0);
        string[] ids = [.. steps.Select(step => step.After.CustomerId)];
        return database.Reports.Use(async connection =>
        {
            var had = (await connection.Rows(
                "campaign_tags_had", row => (row.GetString(0), StatusTags.Parse(row.GetString(1))), cancel, (object)ids)).ToHashSet();
            var started = await StartedCampaigns.Of(connection, ids, cancel);
            var (set, messages) = (campaigns.Current, 0);
            foreach (var step in steps)
                foreach (var cause in step.Causes)
                {
                    var customer = step.After.CustomerId;
                    var move = step.Transitions.FirstOrDefault(one => cause.Kind == CauseKind.Transition && one.Number == cause.Number);
                    var whole = new CampaignCause(
                        cause.Kind, cause.Number, move?.From, cause.Tag, cause.DueAt,
                        FirstTime: move is not null && had.Add((customer, cause.Tag)), cause.Alert);
                    messages += CampaignMatching.Of(set, whole, step.After, book.Calendar, now, model: book.Model)
                        .GroupBy(action => action.Campaign)
                        .Where(campaign => !started.IsRepeat(set.Named(campaign.Key), customer, cause.DueAt))
                        .Sum(campaign => campaign.Count(action => action.Channel.ReachesCustomers()));
                }
            return messages;
        }, cancel);
    }
}
