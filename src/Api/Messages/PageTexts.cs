using LStep.Domain.Campaigning;

namespace LStep.Api.Messages;

/// <summary>What pages for recipients say, in one language.</summary>
internal sealed record PageTexts(
    string Language, string Title, string Heading, string Introduction, string Legend, string Email, string Push, string InApp, string Save,
    string StopAll, string Saved, string Stopped, string Gone, string Bad, string Busy, string Unreadable)
{
    public static PageTexts English { get; } = new(
        "en", "Your messages", "How may we write to you?",
        "Choose the ways in which you would like to get news, tips and offers. Messages about your own account and course, such as a "
            + "certificate, are sent in any case.",
        "News, tips and offers", "By email", "On your devices (notifications and LINE)", "Inside the app", "Save my choice",
        "Stop all of them", "Saved. Your choice holds from now on.", "Done. You will get no more of these messages.",
        "The person whom this link was sent to is no longer stored here. Nothing will be sent to them, and nothing is left to choose.",
        "This link does not work. It may have been cut off when it was copied: please open it from the message again.",
        "There were many requests just now. Please try again in a minute.",
        "This could not be read. Please go back, choose again and save.");

    public static PageTexts Japanese { get; } = new(
        "ja", "配信設定", "お知らせの受け取り方法",
        "お知らせ、学習のヒント、ご案内を受け取りたい方法をお選びください。修了証など、ご自身のアカウントや講座に関する大切なご連絡は、設定にかかわらずお送りします。",
        "お知らせ・学習のヒント・ご案内", "メール", "端末への通知（LINEを含む）", "アプリ内メッセージ", "この内容で保存する", "すべて停止する",
        "保存しました。新しい設定は今から有効です。", "停止しました。今後これらのお知らせは届きません。",
        "このリンクの送り先の方の登録情報は、すでに削除されています。今後お知らせが届くことはなく、変更できる設定もありません。",
        "このリンクは無効です。コピーの途中で切れた可能性があります。お手数ですが、メッセージからもう一度開いてください。",
        "ただいまアクセスが集中しています。1分ほどしてからもう一度お試しください。",
        "内容を読み取れませんでした。前のページに戻り、もう一度保存してください。");

    public string Of(MessageConsent consent) => consent switch
    {
        MessageConsent.Email => Email,
        MessageConsent.Push => Push,
        MessageConsent.InApp => InApp,
        _ => throw new ArgumentOutOfRangeException(nameof(consent)),
    };

    /// <param name="locale">Of the customer, such as ja or ja-JP; null where nobody is known.</param>
    /// <param name="accepted">What the browser asks for (Accept-Language): its first language counts where no customer's does.</param>
    public static PageTexts For(string? locale, string accepted) => IsJapanese(locale ?? accepted) ? Japanese : English;

    private static bool IsJapanese(string text) =>
        text.TrimStart() is var begin && begin.StartsWith("ja", StringComparison.OrdinalIgnoreCase)
        && (begin.Length == 2 || !char.IsAsciiLetter(begin[2]));
}
