using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Campaigns.Planning;

/// <summary>When campaigns last started for some customers.</summary>
internal sealed class StartedCampaigns
{
    private readonly Dictionary<(string Customer, string Campaign), DateTimeOffset> started;

    private StartedCampaigns(Dictionary<(string, string), DateTimeOffset> started) => this.started = started;

    public static async Task<StartedCampaigns> Of(NpgsqlConnection connection, string[] customers, CancellationToken cancel) =>
        new((await connection.Rows(
            "campaign_started", row => ((row.GetString(0), row.GetString(1)), row.Instant(2)), cancel, (object)customers)).ToDictionary());

    /// <summary>Whether it had started too short a time before; it has started with this cause, otherwise.</summary>
    /// <param name="campaign">Null for the alerts of a review, of which each is its own.</param>
    public bool IsRepeat(Campaign? campaign, string customer, DateTimeOffset dueAt)
    {
        if (campaign is null) return false;
        var key = (customer, campaign.Name);
        if (CampaignMatching.IsRepeat(campaign, started.TryGetValue(key, out var last) ? last : null, dueAt)) return true;
        started[key] = dueAt;
        return false;
    }
}
