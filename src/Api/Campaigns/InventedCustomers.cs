using System.Text;
using System.Text.Json;
using LStep.Api.Http;
using LStep.Domain;
using LStep.Domain.Measuring;

namespace LStep.Api.Campaigns;

/// <summary>Somebody who is invented, as the activities by which a real one would come into being.</summary>
internal static class InventedCustomers
{
    private const int TraitBytesMax = 64 * 1024, TraitDepthMax = 16;

    private const string In = "$.customer";

    // As the traits of an identify: earlier ones are no dates there, and enrolled in the far future nobody has a path.
    private static readonly DateTimeOffset EnrolledMin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan EnrolledAheadMax = TimeSpan.FromDays(400);

    public static IEnumerable<InputError> WhyNot(InventedCustomer one, DateTimeOffset at)
    {
        var tier = TierOf(one);
        InputError?[] wrong =
        [
            TextField.WhyNot($"{In}.name", one.Name, Limits.NameCharsMax), TextField.WhyNot($"{In}.email", one.Email, Limits.EmailCharsMax),
            TextField.WhyNot($"{In}.locale", one.Locale, Limits.LocaleCharsMax),
            TextField.WhyNot($"{In}.timezone", one.Timezone, Limits.TimezoneCharsMax)
                ?? (one.Timezone is null || TimeZoneInfo.TryFindSystemTimeZoneById(one.Timezone, out _) ? null
                    : new InputError($"{In}.timezone", "bad_value", "timezone is an IANA name, such as Asia/Tokyo.")),
            one.Tier is null || Tiers.Parse(one.Tier) is not null ? null
                : new InputError($"{In}.tier", "bad_value", "tier is Freemium, Pro or Enterprise."),
            one.ProductTag is null || Tagged(one.ProductTag) is not null ? null
                : new InputError($"{In}.productTag", "bad_value", "productTag is PT_001, PT_002 or PT_003."),
            tier is not null && Tagged(one.ProductTag) is { } other && other != tier
                ? new InputError($"{In}.productTag", "bad_value", $"productTag is {Tiers.ProductTag(tier)} for this tier.") : null,
            one.EnrolledAt is { } enrolled && (enrolled < EnrolledMin || enrolled > at + EnrolledAheadMax)
                ? new InputError(
                    $"{In}.enrolledAt", "bad_value", "enrolledAt lies between 2000 and 400 days after the path begins.") : null,
            one.Traits is { } traits ? WhyNot(traits.Text) : null,
        ];
        return wrong.OfType<InputError>();
    }

    /// <summary>Free traits first: what is given by itself comes later, and wins.</summary>
    public static Activity[] Activities(InventedCustomer one, DateTimeOffset at)
    {
        var traits = JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["tier"] = Tiers.Name(TierOf(one)), ["locale"] = one.Locale, ["timezone"] = one.Timezone, ["name"] = one.Name,
                ["email"] = one.Email, ["enrolledAt"] = Json.Instant(one.EnrolledAt ?? at), ["ltvValue"] = one.LtvValue,
                ["consent.email"] = one.Consent?.Email, ["consent.push"] = one.Consent?.Push, ["consent.inApp"] = one.Consent?.InApp,
            }.Where(trait => trait.Value is not null).ToDictionary());
        return [Identify("1", one.Traits?.Text ?? "{}", at), Identify("2", traits, at)];
    }

    private static Activity Identify(string id, string traits, DateTimeOffset at) =>
        new() { MessageId = id, Type = ActivityType.Identify, OccurredAt = at, ReceivedAt = at, Properties = traits };

    private static Tier? TierOf(InventedCustomer one) => Tiers.Parse(one.Tier) ?? Tagged(one.ProductTag);

    private static Tier? Tagged(string? productTag) => Enum.GetValues<Tier>().Cast<Tier?>().FirstOrDefault(
        tier => productTag is not null && Tiers.ProductTag(tier) == productTag);

    private static InputError? WhyNot(string traits)
    {
        const string Path = $"{In}.traits";
        if (Encoding.UTF8.GetByteCount(traits) > TraitBytesMax)
            return new InputError(Path, "too_long", $"traits have at most {TraitBytesMax / 1024} KB.");
        var read = JsonElement.Parse(traits);
        if (read.ValueKind != JsonValueKind.Object) return new InputError(Path, "bad_value", "traits are a JSON object.");
        if (read.EnumerateObject().Count() > Limits.TraitsPerCustomerMax)
            return new InputError(Path, "too_long", $"There are at most {Limits.TraitsPerCustomerMax} traits.");
        try
        {
            return IsReadable(read, 0) ? null
                : new InputError(Path, "bad_value", $"traits are nested {TraitDepthMax} deep at most.");
        }
        catch (InvalidOperationException)
        {
            return new InputError(Path, "bad_character", "traits hold half of a character.");
        }
    }

    /// <exception cref="InvalidOperationException">A text is none.</exception>
    private static bool IsReadable(JsonElement value, int depth)
    {
        if (depth > TraitDepthMax) return false;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString() is not null;
            case JsonValueKind.Array:
                return value.EnumerateArray().All(item => IsReadable(item, depth + 1));
            case JsonValueKind.Object:
                return value.EnumerateObject().All(member => member.Name is not null && IsReadable(member.Value, depth + 1));
            default: return true;
        }
    }
}
