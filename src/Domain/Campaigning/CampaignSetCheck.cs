using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;
using LStep.Domain.Rules;

namespace LStep.Domain.Campaigning;

/// <summary>What a list of campaigns came to: it may be published when there are no errors.</summary>
/// <param name="Campaigns">Those that could be read, each with its place in the list; all of them where there are no errors.</param>
public sealed record CheckedCampaigns(
    ImmutableArray<(int Index, Campaign Campaign)> Campaigns, ImmutableArray<InputError> Errors, ImmutableArray<InputError> Warnings)
{
    public bool IsSound => Errors.IsEmpty;

    public ImmutableArray<Campaign> Set => [.. Campaigns.Select(one => one.Campaign)];
}

/// <summary>Whether a list of campaigns can be published; what their templates say is looked at where templates are.</summary>
public static class CampaignSetCheck
{
    /// <param name="campaigns">In the shape of <see cref="CampaignJson"/>.</param>
    /// <param name="path">What the places of errors begin with.</param>
    public static CheckedCampaigns Check(JsonElement campaigns, string path = "campaigns")
    {
        var reader = new CampaignReader();
        var read = reader.ReadList(campaigns, path);
        var findings = new Findings(reader.Errors);
        foreach (var (index, campaign) in read)
        {
            var place = $"{path}[{index}]";
            if (campaign.Audience is { } audience) ClauseCheck.Run(audience, reader.Places, findings);
            if (campaign.WhenSending is { } condition) ClauseCheck.Run(condition, reader.Places, findings);
            Look(campaign, place, findings);
        }
        if (findings.Errors.Count == 0 && read.All(one => !one.Campaign.Active))
            findings.Warn(path, "nothing_active", "No campaign is active: nothing follows from a transition.");
        return new CheckedCampaigns(read, [.. findings.Errors], [.. findings.Warnings]);
    }

    /// <summary>What stands against nothing, and may still be a slip.</summary>
    static void Look(Campaign campaign, string place, Findings findings)
    {
        if (campaign.Kind == CampaignKind.Service && campaign.HoldoutPercent > 0)
            findings.Warn($"{place}.holdoutPercent", "no_effect", "A service campaign is never held out: this percentage has no effect.");
        // Everybody begins in ST_001, so that nobody comes to it for the first time from elsewhere.
        if (campaign is { On: StatusTag.Active, FirstTime: true, From.IsEmpty: false, OnHighValueReview: false })
            findings.Warn(
                $"{place}.from", "never_starts", "Everybody begins in ST_001: nobody comes to it for the first time from another tag.");
        foreach (var (index, step) in campaign.Steps.Index())
            if (campaign.Kind == CampaignKind.Marketing && step.Channel is Channel.Task or Channel.Alert)
                findings.Warn(
                    $"{place}.steps[{index}].channel", "marketing_to_colleagues",
                    "Tasks and alerts are for colleagues: as marketing they wait for the customer's consent, cap and quiet hours.");
    }
}
