using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Deciding;

namespace LStep.Grains.Rules;

/// <summary>Every flag there is, what it is as long as nobody set it, and what the decisions of a process read of them.</summary>
public static class Flags
{
    private const string Enabled = "status_tags_enabled", Realtime = "realtime_evaluation_enabled", AutoApply = "auto_apply_enabled",
        Campaigns = "campaigns_enabled",
        Rollout = "rollout_percentage";

    /// <summary>A version run beside the live one; null for none.</summary>
    public const string Shadow = "shadow_rules";

    /// <summary>In the order in which people read them; the default is JSON.</summary>
    public static readonly IReadOnlyList<(string Name, string Default)> Known =
    [
        (Enabled, "true"), (Realtime, "true"), (AutoApply, "true"), (Campaigns, "true"), (Rollout, "100"),
        (Shadow, "null"),
    ];

    /// <summary>What becomes of customers depends on it: when it changes, everybody is looked at again.</summary>
    public static bool Decides(string name) => name is Realtime or AutoApply or Rollout;

    public static string DefaultOf(string name) => Known.First(flag => flag.Name == name).Default;

    /// <summary>A sentence when the flag cannot have this value; null when it can. Whether a version exists is not looked at.</summary>
    public static string? WhyNot(string name, JsonElement value) => name switch
    {
        Rollout => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var percent) && percent is >= 0 and <= 100 ? null
            : $"{name} is a whole number from 0 to 100.",
        Shadow => value.ValueKind == JsonValueKind.Null
            || (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version > 0) ? null
            : $"{name} is the number of a published version, or null.",
        _ => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"{name} is true or false.",
    };

    /// <summary>The version that runs beside the live one, or null.</summary>
    /// <param name="set">By name, as JSON.</param>
    public static int? ShadowOf(IReadOnlyDictionary<string, string> set) =>
        JsonSerializer.Deserialize<int?>(set.TryGetValue(Shadow, out var value) ? value : DefaultOf(Shadow));

    /// <param name="set">By name, as JSON.</param>
    public static bool CampaignsOf(IReadOnlyDictionary<string, string> set) =>
        !set.TryGetValue(Campaigns, out var value) || value == "true";

    public static Policy PolicyOf(IReadOnlyDictionary<string, string> set)
    {
        string Value(string name) => set.TryGetValue(name, out var value) ? value : DefaultOf(name);
        return new Policy
        {
            Enabled = Value(Enabled) == "true",
            RealtimeEvaluation = Value(Realtime) == "true",
            AutoApply = Value(AutoApply) == "true",
            RolloutPercentage = JsonSerializer.Deserialize<int>(Value(Rollout)),
        };
    }
}
