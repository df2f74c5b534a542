using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain.Deciding;

namespace LStep.Domain.Campaigning;

/// <param name="Field">A member of the campaign's JSON.</param>
/// <param name="Before">JSON.</param>
/// <param name="After">JSON.</param>
public sealed record CampaignFieldChange(string Field, string Before, string After);

public sealed record ChangedCampaign(string Name, ImmutableArray<CampaignFieldChange> Changes);

/// <summary>
/// What became of one set of campaigns on the way to another. A campaign is known by its name; one that was renamed is a new one.
/// </summary>
public sealed record CampaignSetDifference(
    ImmutableArray<Campaign> Added, ImmutableArray<Campaign> Removed, ImmutableArray<ChangedCampaign> Changed)
{
    public bool IsNone => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty;

    public static CampaignSetDifference Of(IReadOnlyList<Campaign> before, IReadOnlyList<Campaign> after)
    {
        var (old, names) = (before.ToDictionary(one => one.Name), after.Select(one => one.Name).ToHashSet());
        return new CampaignSetDifference(
            [.. after.Where(one => !old.ContainsKey(one.Name))], [.. before.Where(one => !names.Contains(one.Name))],
            [
                .. after.Where(one => old.ContainsKey(one.Name)).Select(one => new ChangedCampaign(one.Name, Fields(old[one.Name], one)))
                    .Where(changed => !changed.Changes.IsEmpty),
            ]);
    }

    static ImmutableArray<CampaignFieldChange> Fields(Campaign before, Campaign after)
    {
        using JsonDocument old = Json(before), now = Json(after);
        return
        [
            .. old.RootElement.EnumerateObject().Zip(now.RootElement.EnumerateObject())
                .Where(pair => !JsonElement.DeepEquals(pair.First.Value, pair.Second.Value))
                .Select(pair => new CampaignFieldChange(pair.First.Name, pair.First.Value.GetRawText(), pair.Second.Value.GetRawText())),
        ];
    }

    static JsonDocument Json(Campaign campaign) => JsonDocument.Parse(JsonText.Of(json => CampaignJson.Write(json, campaign)));
}
