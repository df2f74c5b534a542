namespace LStep;

/// <summary>The lifecycle status of a customer. Every customer has exactly one at every instant.</summary>
public enum StatusTag : byte
{
    Active = 1,
    Progressing = 2,
    Mastery = 3,
    Declining = 4,
    ReEngagement = 5,
    Churned = 6,
}

public enum TagCategory : byte { Learning, Risk, Churned }

/// <summary>Codes, names and categories of the six tags, as the API and the tables write them.</summary>
public static class StatusTags
{
    public static IReadOnlyList<StatusTag> All { get; } =
        [StatusTag.Active, StatusTag.Progressing, StatusTag.Mastery, StatusTag.Declining, StatusTag.ReEngagement, StatusTag.Churned];

    /// <summary>"ST_001" to "ST_006".</summary>
    public static string Code(this StatusTag tag) => tag switch
    {
        StatusTag.Active => "ST_001",
        StatusTag.Progressing => "ST_002",
        StatusTag.Mastery => "ST_003",
        StatusTag.Declining => "ST_004",
        StatusTag.ReEngagement => "ST_005",
        StatusTag.Churned => "ST_006",
        _ => throw new ArgumentOutOfRangeException(nameof(tag), tag, "no such tag"),
    };

    public static string DisplayName(this StatusTag tag) => tag switch
    {
        StatusTag.Active => "🌱 Learning:Active",
        StatusTag.Progressing => "📚 Learning:Progressing",
        StatusTag.Mastery => "🏆 Learning:Mastery",
        StatusTag.Declining => "⚠️ Risk:Declining",
        StatusTag.ReEngagement => "🔄 Risk:Re-engagement",
        StatusTag.Churned => "📤 Status:Churned",
        _ => throw new ArgumentOutOfRangeException(nameof(tag), tag, "no such tag"),
    };

    public static TagCategory Category(this StatusTag tag) => tag switch
    {
        StatusTag.Active or StatusTag.Progressing or StatusTag.Mastery => TagCategory.Learning,
        StatusTag.Declining or StatusTag.ReEngagement => TagCategory.Risk,
        StatusTag.Churned => TagCategory.Churned,
        _ => throw new ArgumentOutOfRangeException(nameof(tag), tag, "no such tag"),
    };

    public static bool TryParse(string? code, out StatusTag tag)
    {
        foreach (var candidate in All)
            if (candidate.Code() == code)
            {
                tag = candidate;
                return true;
            }
        tag = default;
        return false;
    }

    /// <exception cref="FormatException">The code is none of the six.</exception>
    public static StatusTag Parse(string code) =>
        TryParse(code, out var tag) ? tag : throw new FormatException($"'{code}' is no status tag; ST_001 to ST_006 are.");
}
