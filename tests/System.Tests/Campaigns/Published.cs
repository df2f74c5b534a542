using System.Reflection;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Campaigns;

/// <summary>Another set of campaigns in force at once.</summary>
internal static class Published
{
    /// <summary>The campaigns every installation starts with, but for one.</summary>
    public static void Change(this LStepHost host, string name, Func<Campaign, Campaign> change)
    {
        var source = host.Services.GetRequiredService<CampaignSource>();
        var before = source.Current;
        var after = before with
        {
            Version = before.Version + 1, Campaigns = [.. before.Campaigns.Select(one => one.Name == name ? change(one) : one)],
        };
        // In its place in memory: what is tested here is what follows from a set, not how it is published.
        typeof(CampaignSource).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Single(field => field.FieldType == typeof(CampaignSet)).SetValue(source, after);
    }
}
