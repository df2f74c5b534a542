using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>Merges the traits of an identify: per key the last write by event time wins, of equal times the greater messageId.</summary>
static class Identify
{
    /// <summary>False, and nothing changed, when the customer would have too many traits.</summary>
    public static bool TryMerge(ref Profile profile, ref Lifetime life, Activity identify)
    {
        using var document = JsonDocument.Parse(identify.Properties);
        var written = Written(document.RootElement);
        var stamp = new Stamp(identify.OccurredAt, identify.MessageId);
        var merged = profile;
        var stamps = profile.Stamps.ToBuilder();
        var traits = profile.Traits.ToBuilder();
        var names = profile.Traits.Keys.ToDictionary(TraitNames.Key, StringComparer.Ordinal);
        foreach (var (key, (name, value)) in written)
        {
            if (stamps.TryGetValue(key, out var known) && known.CompareTo(stamp) >= 0) continue;
            stamps[key] = stamp;
            if (names.TryGetValue(key, out var old)) traits.Remove(old);
            merged = ProfileColumns.Cleared(merged, key);
            if (value.ValueKind == JsonValueKind.Null) continue;
            if (ProfileColumns.Filled(merged, key, value) is { } filled) merged = filled;
            else traits[name] = value.GetRawText();
        }
        if (traits.Count > Limits.TraitsPerCustomerMax || stamps.Count > Limits.TraitStampsMax) return false;
        if (written.TryGetValue(ProfileColumns.CurriculumCompletion, out var completion)
            && TraitValues.Percent(completion.Value) is { } percent)
            life = Totals.WithCompletion(life, identify, percent);
        var (newStamps, newTraits) = (stamps.ToImmutable(), traits.ToImmutable());
        if (!ReferenceEquals(newStamps, profile.Stamps)) profile = merged with { Stamps = newStamps, Traits = newTraits };
        return true;
    }

    /// <summary>
    /// What one identify writes, by key; of two names with one key the later in the text. consent: {…} is the same as consent.… .
    /// </summary>
    static Dictionary<string, (string Name, JsonElement Value)> Written(JsonElement traits)
    {
        var written = new Dictionary<string, (string, JsonElement)>(StringComparer.Ordinal);
        if (traits.ValueKind != JsonValueKind.Object) return written;
        foreach (var trait in traits.EnumerateObject())
        {
            var key = TraitNames.Key(trait.Name);
            if (key == "consent" && trait.Value.ValueKind == JsonValueKind.Object)
                foreach (var channel in trait.Value.EnumerateObject())
                    written[$"consent.{TraitNames.Key(channel.Name)}"] = ($"consent.{channel.Name}", channel.Value);
            else
                written[key] = (trait.Name, trait.Value);
        }
        return written;
    }
}
