using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Packing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Customers;

/// <summary>The profile as the columns of customers hold it.</summary>
internal static class StoredProfile
{
    public static string TraitsJson(ImmutableSortedDictionary<string, string> traits)
    {
        if (traits.IsEmpty) return "{}";
        var json = new StringBuilder("{");
        foreach (var (name, value) in traits)
        {
            if (json.Length > 1) json.Append(',');
            json.Append('"').Append(JsonEncodedText.Encode(name)).Append("\":").Append(value);
        }
        return json.Append('}').ToString();
    }

    public static ImmutableSortedDictionary<string, string> Traits(string json)
    {
        if (json is "{}") return Profile.Empty.Traits;
        var traits = Profile.Empty.Traits.ToBuilder();
        using var document = JsonDocument.Parse(json);
        foreach (var trait in document.RootElement.EnumerateObject()) traits[trait.Name] = trait.Value.GetRawText();
        return traits.ToImmutable();
    }

    /// <summary>
    /// Reads, from a position on: email, name, tier, ltv_value, enrolled_at_trait, starts_at_trait, timezone, locale, consent_email,
    /// consent_push, consent_in_app, traits, trait_stamps.
    /// </summary>
    public static Profile Read(NpgsqlDataReader row, int at) => new()
    {
        Email = row.TextOrNull(at),
        Name = row.TextOrNull(at + 1),
        Tier = row.IsDBNull(at + 2) ? null : Enum.Parse<Tier>(row.GetString(at + 2)),
        LtvValue = row.DecimalOrNull(at + 3),
        EnrolledAtTrait = row.InstantOrNull(at + 4),
        StartsAtTrait = row.InstantOrNull(at + 5),
        Timezone = row.TextOrNull(at + 6),
        Locale = row.TextOrNull(at + 7),
        ConsentEmail = row.GetBoolean(at + 8),
        ConsentPush = row.GetBoolean(at + 9),
        ConsentInApp = row.GetBoolean(at + 10),
        Traits = Traits(row.GetString(at + 11)),
        Stamps = StatePacking.UnpackStamps(row.GetFieldValue<byte[]>(at + 12)),
    };
}
