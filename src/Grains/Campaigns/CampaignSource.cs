using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Sets;
using Microsoft.Extensions.Logging;

namespace LStep.Grains.Campaigns;

/// <summary>
/// The campaigns in force, at most 5 s behind the table, on the wall clock also where the product lives on a simulated one. Until a set has
/// been read they are those that every installation starts with.
/// </summary>
public sealed class CampaignSource(CampaignSets sets, ILogger<CampaignSource> log)
    : RepeatedWork(
        TimeSpan.FromSeconds(RefreshSeconds), atOnce: false, "The campaigns could not be read again; those of before stay in force", log)
{
    private const int RefreshSeconds = 2;

    private static readonly CampaignSet FirstOfAll = DefaultCampaigns.Version1(DateTimeOffset.UnixEpoch);

    private readonly Lock gate = new();
    private volatile CampaignSet? current;

    public CampaignSet Current => current ?? FirstOfAll;

    /// <summary>What was committed before the call is in force after it.</summary>
    /// <exception cref="UnreadableCampaignsException">
    /// The newest set is none to this version of the product; the one before stays in force.
    /// </exception>
    public async Task Refresh(CancellationToken cancel = default)
    {
        if (await sets.NewerThan(current?.Version ?? 0, cancel) is not { Set: var newest }) return;
        // Of two at once the one that began to read before a commit may end last.
        lock (gate)
            if (current is null || current.Version < newest.Version) current = newest;
    }

    protected override Task Once(CancellationToken stopping) => Refresh(stopping);
}
