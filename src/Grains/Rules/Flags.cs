using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Deciding;

namespace LStep.Grains.Rules;

/// <summary>Every flag there is, what it is as long as nobody set it, and what the decisions of a process read of them.</summary>
public static class Flags
{
    private const string Enabled = "status_tags_enabled", Realtime = "realtime_evaluation_enabled", AutoApply = "auto_apply_enabled",
        Rollout = "rollout_percentage";

    /// <summary>In the order in which people read them; the default is JSON.</summary>
    public static readonly IReadOnlyList<(string Name, string Default)> Known =
    [
        (Enabled, "true"), (Realtime, "true"), (AutoApply, "true"), ("campaigns_enabled", "true"), (Rollout, "100"),
        ("shadow_rules", "null"),
    ];

    /// <param name="set">By name, as JSON.</param>
    public static Policy PolicyOf(IReadOnlyDictionary<string, string> set)
    {
        string Value(string name) => set.TryGetValue(name, out var value) ? value : Known.First(flag => flag.Name == name).Default;
        return new Policy
        {
            Enabled = Value(Enabled) == "true",
            RealtimeEvaluation = Value(Realtime) == "true",
            AutoApply = Value(AutoApply) == "true",
            RolloutPercentage = JsonSerializer.Deserialize<int>(Value(Rollout)),
        };
    }
}
