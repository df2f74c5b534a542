using LStep.Grains.Campaigns.Feedback;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Grains.Campaigns.Links;

public static class LinkServices
{
    /// <summary>Needs a PostgresDatabase. To be added before whatever sends messages: the key is read when the silo starts.</summary>
    public static IServiceCollection AddMessageLinks(this IServiceCollection services, MessageLinkOptions options) => services
        .AddSingleton(options).AddSingleton<LinkKey>().AddHostedService(provider => provider.GetRequiredService<LinkKey>())
        .AddSingleton<MessageLinks>().AddSingleton<IMessageLinks>(provider => provider.GetRequiredService<MessageLinks>())
        .AddSingleton<MessageReads>().AddSingleton<MessageCounts>();
}
