using LStep.Domain.Campaigning;

namespace LStep.Domain.Tests.Campaigning;

/// <summary>
/// Shares are looked at over so many ids that five standard deviations are a small distance, and a draw that is off shows.
/// </summary>
public class DrawTests
{
    const int People = 100_000;
    static readonly string[] Ids = [.. Enumerable.Range(0, People).Select(n => $"learner-{n}")];

    [Fact]
    public void As_many_are_held_out_as_the_campaign_says_and_those_of_one_campaign_are_not_those_of_another()
    {
        var campaigns = DefaultCampaigns.Campaigns.Where(one => one.HoldoutPercent > 0).ToArray();
        var held = campaigns.Select(one => Ids.Where(id => CampaignDraws.IsHeldOut(one, id)).ToHashSet()).ToArray();
        Assert.All(held, one => IsShare(0.10, one.Count));
        for (var a = 0; a < held.Length; a++)
            for (var b = 0; b < a; b++) IsShare(0.01, held[a].Count(held[b].Contains));
        Assert.DoesNotContain(
            DefaultCampaigns.Campaigns.Where(one => one.HoldoutPercent == 0), one =>
                Ids.Take(2_000).Any(id => CampaignDraws.IsHeldOut(one, id)));
    }

    [Fact]
    public void A_raised_percentage_only_adds_and_whoever_was_held_out_stays_so()
    {
        var campaign = DefaultCampaigns.Campaigns[2];
        foreach (var id in Ids.Take(3_000))
        {
            var held = Enumerable.Range(0, 101).Select(percent => CampaignDraws.IsHeldOut(campaign with { HoldoutPercent = percent }, id))
                .ToList();
            Assert.Equal(held.Order(), held);
            Assert.Equal((false, true), (held[0], held[100]));
        }
    }

    [Fact]
    public void Contents_fall_by_their_weights_always_the_same_and_independent_of_the_holdout()
    {
        var campaign = DefaultCampaigns.Campaigns[2] with { Variants = [new("plain", 5), new("warm", 3), new("short", 2)] };
        var drawn = Ids.ToLookup(id => CampaignDraws.VariantOf(campaign, id)!);
        Assert.Equal(["plain", "short", "warm"], drawn.Select(one => one.Key).Order(StringComparer.Ordinal));
        foreach (var (name, share) in new[] { ("plain", 0.5), ("warm", 0.3), ("short", 0.2) })
        {
            IsShare(share, drawn[name].Count());
            IsShare(share / 10, drawn[name].Count(id => CampaignDraws.IsHeldOut(campaign, id)));
        }
        // What has nothing to do with the draw does not change it.
        var edited = campaign with { Payload = """{"edited":1}""", HoldoutPercent = 50, OnceInDays = 3 };
        Assert.All(Ids.Take(1_000), id => Assert.Equal(CampaignDraws.VariantOf(campaign, id), CampaignDraws.VariantOf(edited, id)));
        Assert.Null(CampaignDraws.VariantOf(DefaultCampaigns.Campaigns[2], "learner-1"));
        var decided = campaign with { Variants = [], Promoted = "warm" };
        Assert.All(Ids.Take(1_000), id => Assert.Equal("warm", CampaignDraws.VariantOf(decided, id)));
    }

    [Fact]
    public void Who_was_given_a_content_keeps_it_whatever_the_weights_are_while_the_campaign_has_it()
    {
        var before = DefaultCampaigns.Campaigns[2] with { Variants = [new("plain", 1), new("warm", 1)] };
        var after = before with { Variants = [new("warm", 99), new("plain", 1)] };
        Assert.All(Ids.Take(2_000), id =>
        {
            var given = CampaignDraws.VariantOf(before, id);
            Assert.Equal(given, CampaignDraws.VariantOf(after, id, given));
            Assert.Equal(CampaignDraws.VariantOf(after, id), CampaignDraws.VariantOf(after, id, "taken out"));
            Assert.Null(CampaignDraws.VariantOf(before with { Variants = [] }, id, given));
        });
        IsShare(0.99, Ids.Count(id => CampaignDraws.VariantOf(after, id) == "warm"));
    }

    /// <summary>Within five standard deviations of the binomial distribution.</summary>
    static void IsShare(double share, int count)
    {
        var (mean, deviation) = (People * share, Math.Sqrt(People * share * (1 - share)));
        Assert.InRange(count, mean - 5 * deviation, mean + 5 * deviation);
    }
}
