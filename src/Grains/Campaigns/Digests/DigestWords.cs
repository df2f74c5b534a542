namespace LStep.Grains.Campaigns.Digests;

/// <summary>The sentences of the digest in one language; {0} and so on are its figures.</summary>
internal sealed record DigestWords
{
    public required string Subject { get; init; }
    public required string Open { get; init; }
    public required string Why { get; init; }

    public required string AtRisk { get; init; }
    public required string ValueAtRisk { get; init; }
    public required string CustomersAtRisk { get; init; }
    public required string Fell { get; init; }
    public required string FellNote { get; init; }

    public required string Valuable { get; init; }
    public required string NobodyValuable { get; init; }

    public required string Queue { get; init; }
    public required string OpenReviews { get; init; }
    public required string LateReviews { get; init; }
    public required string OldestReview { get; init; }
    public required string OpenTasks { get; init; }
    public required string Late { get; init; }
    public required string DueToday { get; init; }

    public required string Automation { get; init; }
    public required string ByItself { get; init; }
    public required string OfMoves { get; init; }
    public required string ByPeople { get; init; }
    public required string TakenBack { get; init; }
    public required string ReviewsOpened { get; init; }
    public required string Sent { get; init; }
    public required string NotSent { get; init; }

    public required string Moves { get; init; }
    public required string MovesNote { get; init; }
    public required string NobodyMoved { get; init; }
    public required string Yesterday { get; init; }

    public static DigestWords Of(string language) => language == "ja" ? Japanese : English;

    private static DigestWords English { get; } = new()
    {
        Subject = "Today, {0}: {1} at risk, {2} open reviews", Open = "Open Today",
        Why = "You get this mail once a business day because LSTEP_DIGEST_TO names your address.",
        AtRisk = "At risk", ValueAtRisk = "Value at risk", CustomersAtRisk = "customers: {0}, since today: {1}",
        Fell = "Fell into risk today", FellNote = "declining or in re-engagement",
        Valuable = "Most valuable at risk", NobodyValuable = "No customer of known value is at risk.",
        Queue = "What waits for people", OpenReviews = "Open reviews", LateReviews = "for more than a day: {0}",
        OldestReview = "Oldest open review", OpenTasks = "Open tasks", Late = "late: {0}", DueToday = "Tasks due today",
        Automation = "What the automation did", ByItself = "Moved by itself", OfMoves = "of {0} moves", ByPeople = "Moved by people",
        TakenBack = "taken back: {0}", ReviewsOpened = "Reviews opened", Sent = "Messages sent", NotSent = "failed: {0}, held back: {1}",
        Moves = "What changed since yesterday", MovesNote = "{0} moves so far, {1} on the whole day before",
        NobodyMoved = "Nobody moved from one tag to another today or yesterday.", Yesterday = "yesterday: {0}",
    };

    private static DigestWords Japanese { get; } = new()
    {
        Subject = "今日の状況 {0}: リスク {1}、未対応レビュー {2}件", Open = "「今日」を開く",
        Why = "このメールは、LSTEP_DIGEST_TOに設定された宛先へ営業日ごとに1通お送りしています。",
        AtRisk = "リスク", ValueAtRisk = "リスクにある金額", CustomersAtRisk = "顧客{0}名、うち今日から{1}",
        Fell = "今日リスクに入った顧客", FellNote = "学習低下または再開サポート中",
        Valuable = "リスクにある重要な顧客", NobodyValuable = "金額の分かる顧客でリスクにある方はいません。",
        Queue = "対応待ち", OpenReviews = "未対応のレビュー", LateReviews = "1日以上経過: {0}件",
        OldestReview = "最も古い未対応レビュー", OpenTasks = "未完了のタスク", Late = "期限超過: {0}件", DueToday = "今日が期限のタスク",
        Automation = "自動化の実績", ByItself = "自動で遷移", OfMoves = "全{0}件中", ByPeople = "担当者による遷移",
        TakenBack = "取り消し: {0}件", ReviewsOpened = "新しいレビュー", Sent = "送信したメッセージ", NotSent = "失敗: {0}件、送信見送り: {1}件",
        Moves = "昨日からの変化", MovesNote = "今日ここまで{0}件、昨日は1日で{1}件",
        NobodyMoved = "今日と昨日、ステータスが変わった顧客はいません。", Yesterday = "昨日: {0}件",
    };
}
