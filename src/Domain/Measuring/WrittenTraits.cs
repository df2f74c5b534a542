using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>How well a value says something; of several for one thing in one message the better wins.</summary>
enum TraitKind : byte { Null, Unreadable, Readable }

/// <param name="Name">As sent; of a nested consent the flat name.</param>
readonly record struct WrittenTrait(string Name, int Exactness, TraitKind Kind, JsonElement Value);

/// <summary>
/// What one identify writes, by key. A JSON object has no order: of several names or spellings of one thing the same one wins, whichever
/// comes first.
/// </summary>
sealed class WrittenTraits
{
    readonly Dictionary<string, WrittenTrait> byKey = new(StringComparer.Ordinal);

    /// <summary>Traits whose names are longer than <see cref="Limits.TraitNameCharsMax"/>: they are left out.</summary>
    public int NamedTooLong { get; private set; }

    public IEnumerable<KeyValuePair<string, WrittenTrait>> Columns => byKey.Where(trait => ProfileColumns.Has(trait.Key));

    public IEnumerable<KeyValuePair<string, WrittenTrait>> Free => byKey.Where(trait => !ProfileColumns.Has(trait.Key));

    /// <summary>consent: {…} is the same as consent.… .</summary>
    public static WrittenTraits Of(JsonElement traits)
    {
        var written = new WrittenTraits();
        if (traits.ValueKind != JsonValueKind.Object) return written;
        foreach (var trait in traits.EnumerateObject())
            if (trait.Value.ValueKind == JsonValueKind.Object && TraitNames.Key(trait.Name) == "consent")
                foreach (var channel in trait.Value.EnumerateObject()) written.Add($"consent.{channel.Name}", channel.Value);
            else
                written.Add(trait.Name, trait.Value);
        return written;
    }

    void Add(string name, JsonElement value)
    {
        if (name.Length > Limits.TraitNameCharsMax)
        {
            NamedTooLong++;
            return;
        }
        var (key, exactness) = TraitNames.Of(name);
        var isColumn = ProfileColumns.Has(key);
        if (isColumn && ProfileColumns.IsNotGiven(key, value)) return;
        var kind = value.ValueKind == JsonValueKind.Null ? TraitKind.Null
            : !isColumn || ProfileColumns.Filled(Profile.Empty, key, value) is not null ? TraitKind.Readable : TraitKind.Unreadable;
        var trait = new WrittenTrait(name, exactness, kind, value);
        if (!byKey.TryGetValue(key, out var other) || Wins(key, trait, other)) byKey[key] = trait;
    }

    static bool Wins(string key, in WrittenTrait one, in WrittenTrait other)
    {
        if (one.Kind != other.Kind) return one.Kind > other.Kind;
        // Of a yes and a no in one message the no is the one that does no harm.
        if (ProfileColumns.IsConsent(key) && one.Kind == TraitKind.Readable
            && TraitValues.Flag(one.Value) is var flag && flag != TraitValues.Flag(other.Value))
            return flag == false;
        if (one.Exactness != other.Exactness) return one.Exactness > other.Exactness;
        if (string.CompareOrdinal(one.Name, other.Name) is var byName && byName != 0) return byName > 0;
        return string.CompareOrdinal(one.Value.GetRawText(), other.Value.GetRawText()) > 0;
    }
}
