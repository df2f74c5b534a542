using LStep.Domain.Measuring;

namespace LStep.Grains.Campaigns.Templates;

/// <summary>
/// The variables that templates may name, as docs/templates.md describes them. A list is written with "[]", a free part with "*".
/// </summary>
internal sealed class VariableNames
{
    private static readonly string[] Paths =
    [
        "customer.id", "customer.name", "customer.first_name", "customer.email", "customer.tier", "customer.product_tag",
        "customer.ltv_value", "customer.timezone", "customer.locale", "customer.traits.*",
        "customer.last_activity_at", "customer.last_login_at",
        "status.tag", "status.name", "status.since", "status.previous",
        "scores.engagement", "scores.progress", "scores.community", "scores.overall", "scores.trend",
        "scores.engagement_30d", "scores.progress_30d", "scores.community_30d", "scores.overall_30d",
        .. Metrics.AllNames.Select(name => $"metrics.{name}"), "metrics.risk_indicators[]", "metrics.behavior_tags[]",
        "indicators[].type", "indicators[].severity",
        "path[].tag", "path[].name", "path[].at",
        "transition.id", "transition.from", "transition.to", "transition.at", "transition.rule", "transition.reason",
        "review.id", "review.from", "review.to", "review.rule", "review.confidence", "review.reasons[]", "review.opened_at",
        "campaign.name", "campaign.step", "campaign.payload.*",
        "progress.modules", "progress.lessons", "progress.curriculum_completion",
        "links.app", "links.unsubscribe", "links.preferences", "links.customer",
        "last_lessons[].id", "last_lessons[].name", "last_lessons[].at",
        "weakest_assessment.id", "weakest_assessment.name", "weakest_assessment.score", "weakest_assessment.at",
        "next_content.id", "next_content.name", "preferred_kind", "preferred_hour",
        "sent_messages[].campaign", "sent_messages[].channel", "sent_messages[].sent_at",
        "brand.name", "brand.address", "subject",
    ];

    private static readonly HashSet<string> OfLists = ["size", "first", "last"];

    private readonly Dictionary<string, VariableNames> members = new(StringComparer.Ordinal);
    private VariableNames? item;
    private bool isFree;

    public static VariableNames Root { get; } = Made();

    /// <summary>Of which nothing is known, so that everything may be named.</summary>
    public static VariableNames Free { get; } = new() { isFree = true };

    /// <summary>A variable of the loop itself.</summary>
    public static VariableNames Loop { get; } = Of("index", "index0", "rindex", "rindex0", "first", "last", "length");

    /// <summary>Variables of which nothing is known but their names.</summary>
    public static VariableNames AllFree(IEnumerable<string> names)
    {
        var made = new VariableNames();
        foreach (var name in names) made.members[name] = Free;
        return made;
    }

    /// <summary>The elements of a list; free where it is none.</summary>
    public VariableNames Item => item ?? Free;

    /// <returns>Null when there is no such member.</returns>
    public VariableNames? Member(string name)
    {
        if (isFree) return Free;
        if (item is not null && OfLists.Contains(name)) return name == "size" ? new VariableNames() : item;
        return members.GetValueOrDefault(name);
    }

    private static VariableNames Of(params string[] names)
    {
        var made = new VariableNames();
        foreach (var name in names) made.members[name] = new VariableNames();
        return made;
    }

    private static VariableNames Made()
    {
        var root = new VariableNames();
        foreach (var path in Paths)
        {
            var at = root;
            foreach (var part in path.Split('.'))
            {
                if (part == "*")
                {
                    at.isFree = true;
                    break;
                }
                var isList = part.EndsWith("[]", StringComparison.Ordinal);
                var name = isList ? part[..^2] : part;
                if (!at.members.TryGetValue(name, out var next)) at.members[name] = next = new VariableNames();
                at = isList ? next.item ??= new VariableNames() : next;
            }
        }
        return root;
    }
}
