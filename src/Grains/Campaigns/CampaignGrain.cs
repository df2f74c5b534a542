using LStep.Grains.Campaigns.Planning;
using Microsoft.Extensions.Logging;
using Orleans;

namespace LStep.Grains.Campaigns;

/// <summary>
/// One for each tag in the cluster, so that what waits is planned by one at a time. It holds nothing: what it has to do is in the table,
/// and where it or its silo dies, the next one goes on.
/// </summary>
public sealed class CampaignGrain(Planner planner, TroubleLines troubles, ILogger<CampaignGrain> log) : Grain, ICampaignGrain
{
    private const string WhenItFails = "Campaigns could not be planned, and are tried again";

    private bool isAwake, again;

    public async Task Wake()
    {
        again = true;
        if (isAwake) return; // who is at it looks once more
        isAwake = true;
        try
        {
            while (again)
            {
                again = false;
                await Plan();
            }
            troubles.Went(log, WhenItFails);
        }
        catch (Exception e)
        {
            troubles.Failed(log, WhenItFails, e);
        }
        finally
        {
            isAwake = false;
        }
    }

    public async Task<int> Plan()
    {
        var (tag, planned) = (StatusTags.Parse(this.GetPrimaryKeyString()), 0);
        while (await planner.Page(tag, CancellationToken.None) is { } page) planned += page;
        return planned;
    }
}
