using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns;
using LStep.Grains.Campaigns.Sets;
using LStep.Grains.People;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Campaigns;

/// <summary>Another set of campaigns in force at once.</summary>
internal static class Published
{
    /// <summary>Publishes the campaigns in force, but for one, whose texts need not be there for what is tested.</summary>
    public static async Task Change(this LStepHost host, string name, Func<Campaign, Campaign> change)
    {
        var before = host.Services.GetRequiredService<CampaignSource>().Current;
        var published = await host.Services.GetRequiredService<CampaignPublication>().Publish(
            new Person("test", null), [.. before.Campaigns.Select(one => one.Name == name ? change(one) : one)], "", before.Version,
            default);
        Assert.IsType<PublishedCampaigns.Version>(published);
    }
}
