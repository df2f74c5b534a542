namespace LStep.Api.Cards;

/// <summary>What cards say, in one language. The Japanese words are those of the dashboard's dictionary, which a test compares.</summary>
internal sealed record CardTexts(
    string Language, string Customers, string Learning, string Mastery, string AtRisk, string AsOf, string NotYet, string Later,
    string Ended, IReadOnlyDictionary<StatusTag, string> Tags)
{
    private static readonly CardTexts English = new(
        "en", "{0} customers", "Active learners", "Mastery rate", "At risk", "As of {0:yyyy-MM-dd HH:mm} UTC",
        "The figures are being counted.", "The figures cannot be shown now. This page tries again by itself.",
        "This card has ended, or its link is not complete.", StatusTags.All.ToDictionary(tag => tag, tag => tag.DisplayName()));

    private static readonly CardTexts Japanese = new(
        "ja", "{0}名", "アクティブ学習者", "習熟率", "リスクあり", "{0:yyyy-MM-dd HH:mm} UTC 現在", "集計中です。",
        "現在は数値を表示できません。自動的に再試行します。", "このカードは終了したか、リンクが正しくありません。",
        new Dictionary<StatusTag, string>
        {
            [StatusTag.Active] = "🌱 学習：アクティブ", [StatusTag.Progressing] = "📚 学習：進行中", [StatusTag.Mastery] = "🏆 学習：習熟",
            [StatusTag.Declining] = "⚠️ リスク：低下傾向", [StatusTag.ReEngagement] = "🔄 リスク：再エンゲージ", [StatusTag.Churned] = "📤 状態：離脱",
        });

    /// <param name="accepted">Accept-Language: its first language counts.</param>
    public static CardTexts For(string accepted) =>
        accepted.TrimStart().StartsWith("ja", StringComparison.OrdinalIgnoreCase) ? Japanese : English;
}
