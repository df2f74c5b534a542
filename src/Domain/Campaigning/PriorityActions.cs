using System.Collections.Immutable;
using LStep.Domain.Deciding;

namespace LStep.Domain.Campaigning;

/// <summary>What matters most for the customers of a product in a tag: a campaign, and in a line what it does.</summary>
public sealed record PriorityAction(string Campaign, string Text);

/// <summary>
/// The contract's five campaigns that are made for products: which they are for, and what they do, is read from the set in force, so that
/// a change of the set changes the matrix.
/// </summary>
public static class PriorityActions
{
    public static ImmutableArray<string> Campaigns { get; } =
        ["standard_nurturing", "upgrade_nurturing", "expansion_and_advocacy", "immediate_csm_intervention", "value_demonstration"];

    /// <summary>Null where the set has none that is active for both.</summary>
    /// <param name="productTag">Null for customers without a product.</param>
    public static PriorityAction? Of(CampaignSet set, string? productTag, StatusTag tag)
    {
        if (productTag is null) return null;
        foreach (var campaign in set.Campaigns)
            if (campaign.Active && campaign.On == tag && Campaigns.Contains(campaign.Name) && IsFor(campaign, productTag))
                return new PriorityAction(campaign.Name, TextOf(campaign));
        return null;
    }

    /// <summary>Whether customers of this product can be among those it is for.</summary>
    static bool IsFor(Campaign campaign, string productTag) =>
        campaign.Audience is null || Holds(campaign.Audience, productTag) != false;

    /// <summary>What is known of a condition when only the product is known; null for nothing.</summary>
    static bool? Holds(Condition condition, string productTag)
    {
        switch (condition)
        {
            case Condition.Clause { Trait: null, Metric: Metric.ProductTag } clause:
                return Conditions.Holds(clause.Operator, productTag, clause.Threshold);
            case Condition.Clause:
                return null;
            case Condition.Not not:
                return !Holds(not.Part, productTag);
            case Condition.All all:
                return Together(all.Parts, productTag, decides: false);
            case Condition.Any any:
                return Together(any.Parts, productTag, decides: true);
            default:
                throw new InvalidOperationException("a closed set has grown");
        }
    }

    /// <param name="decides">The answer of a part that is the answer of the whole.</param>
    static bool? Together(ImmutableArray<Condition> parts, string productTag, bool decides)
    {
        bool? whole = !decides;
        foreach (var part in parts)
        {
            var one = Holds(part, productTag);
            if (one == decides) return decides;
            if (one is null) whole = null;
        }
        return whole;
    }

    /// <summary>"Immediate CSM intervention: task, at once".</summary>
    static string TextOf(Campaign campaign)
    {
        var text = new System.Text.StringBuilder(Titled(campaign.Name)).Append(": ");
        var first = campaign.Steps[0];
        text.Append(ChannelText(first.Channel)).Append(", ").Append(DelayText(first.After));
        if (campaign.Steps.Length > 1) text.Append(", ").Append(campaign.Steps.Length).Append(" steps");
        return text.ToString();
    }

    static string ChannelText(Channel channel) => channel switch
    {
        Channel.Line => "LINE",
        Channel.InApp => "in-app message",
        _ => channel.Name(),
    };

    static string DelayText(TimeSpan after) =>
        after == TimeSpan.Zero ? "at once"
        : after.Ticks % TimeSpan.TicksPerDay == 0 ? $"after {after.Days} d"
        : after.Ticks % TimeSpan.TicksPerHour == 0 ? $"after {(int)after.TotalHours} h"
        : $"after {(int)after.TotalMinutes} min";

    static string Titled(string name)
    {
        var words = name.Split('_').Select(word => word is "csm" or "cs" ? word.ToUpperInvariant() : word).ToArray();
        words[0] = char.ToUpperInvariant(words[0][0]) + words[0][1..];
        return string.Join(' ', words);
    }
}
