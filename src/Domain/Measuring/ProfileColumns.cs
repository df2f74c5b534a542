using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>The traits that fill a column of the profile, by key.</summary>
static class ProfileColumns
{
    public const string CurriculumCompletion = "curriculumcompletion";

    public static bool Has(string key) =>
        key is "email" or "name" or "tier" or "ltv" or "enrolledat" or "startsat" or "timezone" or "locale" or CurriculumCompletion
        || IsConsent(key);

    public static bool IsConsent(string key) => key is "consent.email" or "consent.push" or "consent.inapp";

    /// <summary>
    /// What says nothing about the column: a text that is empty, a date that is unset, and for consent null, since what a sender does not
    /// know must never turn a no into a yes.
    /// </summary>
    public static bool IsNotGiven(string key, JsonElement value) =>
        (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()))
        || (key is "enrolledat" or "startsat" && TraitValues.IsUnsetDate(value))
        || (IsConsent(key) && value.ValueKind == JsonValueKind.Null);

    /// <summary>The profile with the column filled, or null when the key is no column's or the value is not of its kind.</summary>
    public static Profile? Filled(Profile profile, string key, JsonElement value) => key switch
    {
        "email" => TraitValues.Text(value, Limits.EmailCharsMax) is { } email ? profile with { Email = email } : null,
        "name" => TraitValues.Text(value, Limits.NameCharsMax) is { } name ? profile with { Name = name } : null,
        "tier" => TraitValues.Tier(value) is { } tier ? profile with { Tier = tier } : null,
        "ltv" => Numbers.Of(value) is { } ltv ? profile with { LtvValue = ltv } : null,
        "enrolledat" => TraitValues.Date(value) is { } enrolled ? profile with { EnrolledAtTrait = enrolled } : null,
        "startsat" => TraitValues.Date(value) is { } starts ? profile with { StartsAtTrait = starts } : null,
        "timezone" => TraitValues.Text(value, Limits.TimezoneCharsMax) is { } zone ? profile with { Timezone = zone } : null,
        "locale" => TraitValues.Text(value, Limits.LocaleCharsMax) is { } locale ? profile with { Locale = locale } : null,
        "consent.email" => TraitValues.Flag(value) is { } flag ? profile with { ConsentEmail = flag } : null,
        "consent.push" => TraitValues.Flag(value) is { } flag ? profile with { ConsentPush = flag } : null,
        "consent.inapp" => TraitValues.Flag(value) is { } flag ? profile with { ConsentInApp = flag } : null,
        // Kept with the totals, where modules and courses change it too.
        CurriculumCompletion => TraitValues.Percent(value) is not null ? profile : null,
        _ => null,
    };

    /// <summary>The profile as if the column had never been filled.</summary>
    public static Profile Cleared(Profile profile, string key) => key switch
    {
        "email" => profile with { Email = null },
        "name" => profile with { Name = null },
        "tier" => profile with { Tier = null },
        "ltv" => profile with { LtvValue = null },
        "enrolledat" => profile with { EnrolledAtTrait = null },
        "startsat" => profile with { StartsAtTrait = null },
        "timezone" => profile with { Timezone = null },
        "locale" => profile with { Locale = null },
        _ => profile,
    };
}
