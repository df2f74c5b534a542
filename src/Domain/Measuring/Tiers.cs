namespace LStep.Domain.Measuring;

/// <summary>Names and product tags of the tiers; none for a customer without one.</summary>
public static class Tiers
{
    public static string? Name(Tier? tier) => tier switch
    {
        null => null,
        Tier.Freemium => "Freemium",
        Tier.Pro => "Pro",
        Tier.Enterprise => "Enterprise",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "no such tier"),
    };

    public static string? ProductTag(Tier? tier) => tier switch
    {
        null => null,
        Tier.Pro => "PT_001",
        Tier.Enterprise => "PT_002",
        Tier.Freemium => "PT_003",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "no such tier"),
    };

    public static Tier? Parse(string? name) => name switch
    {
        "Freemium" => Tier.Freemium,
        "Pro" => Tier.Pro,
        "Enterprise" => Tier.Enterprise,
        _ => null,
    };
}
