namespace LStep.Api.Cards;

/// <summary>What cards say, in one language.</summary>
internal sealed record CardTexts(
    string Language, string Customers, string Learning, string Mastery, string AtRisk, string AsOf, string NotYet,
    IReadOnlyDictionary<StatusTag, string> Tags)
{
    private static readonly CardTexts English = new(
        "en", "customers", "Active learners", "Mastery", "At risk", "As of {0:yyyy-MM-dd HH:mm} UTC", "The figures are being counted.",
        StatusTags.All.ToDictionary(tag => tag, tag => tag.DisplayName()));

    private static readonly CardTexts Japanese = new(
        "ja", "名の顧客", "学習中", "習得", "離脱リスク", "{0:yyyy-MM-dd HH:mm} UTC 現在", "集計中です。",
        new Dictionary<StatusTag, string>
        {
            [StatusTag.Active] = "🌱 学習中", [StatusTag.Progressing] = "📚 進行中", [StatusTag.Mastery] = "🏆 習得",
            [StatusTag.Declining] = "⚠️ 低下", [StatusTag.ReEngagement] = "🔄 再エンゲージ", [StatusTag.Churned] = "📤 離脱",
        });

    /// <param name="accepted">Accept-Language: its first language counts.</param>
    public static CardTexts For(string accepted) =>
        accepted.TrimStart().StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? Japanese : English;
}
