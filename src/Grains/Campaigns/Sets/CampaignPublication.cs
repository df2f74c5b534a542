using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Campaigning;
using LStep.Grains.Database;
using LStep.Grains.People;

namespace LStep.Grains.Campaigns.Sets;

/// <summary>What publishing came to; a closed set.</summary>
public abstract record PublishedCampaigns
{
    private PublishedCampaigns() { }

    public sealed record Version(CampaignSetRecord Set) : PublishedCampaigns;

    /// <summary>Somebody else has published since the base.</summary>
    public sealed record Conflict(CampaignSetHead Newest) : PublishedCampaigns;
}

/// <summary>Publishes sets of campaigns: the set and its line in the audit log are one commit, and in force here when it returns.</summary>
public sealed class CampaignPublication(PostgresDatabase database, CampaignSource source, TimeProvider clock)
{
    private const long LockKey = 5020260023;

    /// <summary>The campaigns as the next version, if the newest one is still that which they were made from.</summary>
    /// <param name="campaigns">Checked.</param>
    public async Task<PublishedCampaigns> Publish(
        Person by, ImmutableArray<Campaign> campaigns, string comment, int madeFrom, CancellationToken cancel)
    {
        var outcome = await database.Alone<PublishedCampaigns>(LockKey, async together =>
        {
            var sets = new CampaignSets(together);
            var head = (await sets.Page(null, 1, cancel))[0];
            if (head.Version != madeFrom) return new PublishedCampaigns.Conflict(head);
            var set = new CampaignSet(head.Version + 1, by.Name, clock.Now(), campaigns);
            var before = await Readable(sets, head.Version, cancel);
            await sets.Publish(set, comment, cancel);
            var (old, now) = Said(head.Version, before, set);
            await together.Use(connection => connection.Write(
                new AuditEntry(by, "campaigns.published", $"{set.Version}", old, now, comment.Length > 0 ? comment : null), cancel),
                cancel);
            return new PublishedCampaigns.Version(new CampaignSetRecord(set, comment));
        }, cancel);
        if (outcome is PublishedCampaigns.Version) await TakeUp();
        return outcome;
    }

    /// <summary>What a version before could be read, and this one cannot, is told as nothing.</summary>
    private static async Task<ImmutableArray<Campaign>> Readable(CampaignSets sets, int version, CancellationToken cancel)
    {
        try
        {
            return (await sets.OfVersion(version, cancel))?.Set.Campaigns ?? [];
        }
        catch (UnreadableCampaignsException)
        {
            return [];
        }
    }

    /// <summary>Only what changed: the sets themselves stay in their table.</summary>
    private static (object Before, object After) Said(int version, ImmutableArray<Campaign> before, CampaignSet set)
    {
        var difference = CampaignSetDifference.Of(before, set.Campaigns);
        return (
            new
            {
                version, campaigns = before.Length, removed = difference.Removed.Select(one => one.Name),
                changed = difference.Changed.ToDictionary(
                    one => one.Name, one => one.Changes.ToDictionary(change => change.Field, change => JsonElement.Parse(change.Before))),
            },
            new
            {
                set.Version, campaigns = set.Campaigns.Length, added = difference.Added.Select(one => one.Name),
                changed = difference.Changed.ToDictionary(
                    one => one.Name, one => one.Changes.ToDictionary(change => change.Field, change => JsonElement.Parse(change.After))),
            });
    }

    /// <summary>It is committed: whatever fails here is made up for by the next round, and the caller is told what is true.</summary>
    private async Task TakeUp()
    {
        try
        {
            await source.Refresh();
        }
        catch (Exception e) when (TransientFailure.Is(e))
        {
            // The next round reads it.
        }
    }
}
