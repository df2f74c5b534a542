using System.Text.Json;

namespace LStep.Domain.Measuring;

/// <summary>What counts as a customer's formal leave: the trait unregisteredAt, or one of three events.</summary>
public static class Cancellations
{
    const string Trait = "unregisteredat";

    /// <summary>As the log tells it; null for everything that cancels nothing.</summary>
    public static DateTimeOffset? Of(Activity activity) => activity.Type == ActivityType.Identify
        ? OfTraits(activity.Properties)
        : TraitNames.Key(activity.Event) is "unregistered" or "subscriptioncancelled" or "coursecancelled" && IsTracked(activity.Type)
            ? activity.OccurredAt : null;

    /// <summary>As the profile tells it now; null without the trait.</summary>
    public static DateTimeOffset? Of(Profile profile)
    {
        foreach (var (name, json) in profile.Traits)
            if (TraitNames.Key(name) == Trait) return Date(json);
        return null;
    }

    // A page may bear any name.
    static bool IsTracked(ActivityType type) => type is not (ActivityType.PageView or ActivityType.Alias or ActivityType.Group);

    static DateTimeOffset? OfTraits(string json)
    {
        if (!json.Contains("nregistered", StringComparison.OrdinalIgnoreCase)) return null;
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) return null;
        foreach (var trait in document.RootElement.EnumerateObject())
            if (TraitNames.Key(trait.Name) == Trait) return TraitValues.Date(trait.Value);
        return null;
    }

    static DateTimeOffset? Date(string json)
    {
        using var document = JsonDocument.Parse(json);
        return TraitValues.Date(document.RootElement);
    }
}
