using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace LStep.Cluster.Tests;

/// <summary>
/// Silos learn of each other one after another: first that one is a member, then which grains it takes, then how many it has. Until all
/// know all, some place grains on fewer silos than there are; a matter of a second, more on a busy machine.
/// </summary>
internal static class MembershipSettled
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task UntilEachKnowsAll(IReadOnlyCollection<IServiceProvider> silos)
    {
        using var patience = new CancellationTokenSource(Patience);
        foreach (var silo in silos)
        {
            await First(silo.GetRequiredService<IClusterMembershipService>().MembershipUpdates, seen => seen.Members.Values.Count(
                member => member.Status == SiloStatus.Active) == silos.Count, patience.Token);
            await First(
                silo.GetRequiredService<IClusterManifestProvider>().Updates, seen => seen.Silos.Count == silos.Count, patience.Token);
        }
        // A silo listens for the others' numbers from the first customer on that it places; until it has heard, it keeps them to itself.
        foreach (var (number, silo) in silos.Index())
            await silo.GetRequiredService<IGrainFactory>().GetGrain<ICustomerGrain>($"first-of-{number}").View();
        await silos.First().GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0)
            .ForceRuntimeStatisticsCollection([.. silos.Select(silo => silo.GetRequiredService<ILocalSiloDetails>().SiloAddress)]);
    }

    private static async Task First<T>(IAsyncEnumerable<T> updates, Func<T, bool> isIt, CancellationToken cancel)
    {
        await foreach (var update in updates.WithCancellation(cancel))
            if (isIt(update)) return;
    }
}
