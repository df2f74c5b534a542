using LStep.Grains.Campaigns.Actions;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Sink;
using LStep.Grains.Campaigns.Devices;
using LStep.Grains.Campaigns.Digests;
using LStep.Grains.Campaigns.Inbox;
using LStep.Grains.Campaigns.Journeys;
using LStep.Grains.Campaigns.Planning;
using LStep.Grains.Campaigns.Reports;
using LStep.Grains.Campaigns.Sending;
using LStep.Grains.Campaigns.Sets;
using LStep.Grains.Campaigns.Tasks;
using LStep.Grains.Campaigns.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Grains.Campaigns;

public static class CampaignServices
{
    /// <summary>What the grains of campaigns use, and what foresees them.</summary>
    public static IServiceCollection AddCampaignPlanning(this IServiceCollection services) => services
        .AddSingleton<CampaignSets>().AddSingleton<CampaignSource>()
        .AddHostedService(provider => provider.GetRequiredService<CampaignSource>())
        .AddSingleton<Planner>().AddSingleton<CampaignForecast>();

    /// <summary>What sends. Needs the services of <see cref="GrainServices"/> and of the links.</summary>
    /// <param name="templates">The product's own, with those of the operator before them.</param>
    /// <param name="wallClock">Real time, also under a simulated clock: receivers live in it.</param>
    public static IServiceCollection AddCampaigns(
        this IServiceCollection services, ChannelSettings channels, MessageSettings messages, TemplateFiles templates,
        TimeProvider wallClock, DigestSettings? digest = null) => services
        .AddSingleton<ActionReads>().AddSingleton<ActionActs>().AddSingleton<TaskReads>().AddSingleton<TaskActs>()
            .AddSingleton<InboxReads>()
        .AddSingleton<MessagePreviews>().AddSingleton<JourneyPreviews>().AddSingleton<TestSends>().AddSingleton<CampaignReports>()
        .AddSingleton<Claims>().AddSingleton<Dispatcher>().AddSingleton<GoneDevices>()
        .AddSingleton<MessageComposer>().AddSingleton(messages)
        .AddSingleton<IMessageTemplates>(new MessageTemplates(templates, wallClock))
        .AddSingleton(new CampaignTextCheck(templates, wallClock, messages.Languages)).AddSingleton<CampaignPublication>()
        .AddSingleton<SinkMailbox>(_ => new SinkMailbox())
        .AddSingleton(provider => ChannelSet.Build(
            channels, wallClock, provider.GetRequiredService<SinkMailbox>().Keep, provider.GetRequiredService<GoneDevices>().Devices))
        .AddSingleton<ActionFeed>().AddHostedService(provider => provider.GetRequiredService<ActionFeed>())
        .AddSingleton(provider => provider.GetRequiredService<ActionFeed>().Names)
        .AddSingleton(templates).AddSingleton(digest ?? DigestSettings.Off).AddSingleton<DigestSending>().AddHostedService<DigestRuns>()
        .AddSingleton<CampaignRuns>().AddHostedService(provider => provider.GetRequiredService<CampaignRuns>());
}
