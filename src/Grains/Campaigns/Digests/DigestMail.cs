using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LStep.Domain;
using LStep.Domain.Analysing;
using LStep.Grains.Campaigns.Channels;

namespace LStep.Grains.Campaigns.Digests;

/// <summary>The page Today as a mail, in words of one language. Text and HTML are made of the same lines.</summary>
internal sealed class DigestMail(
    DigestWords words, Func<StatusTag, string> tagNames, string? currency, BusinessCalendar calendar, Uri publicUrl)
{
    private const int NameCharsMax = 80;
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private sealed record Line(string Name, string Value, string Note = "", string? Link = null);

    /// <param name="None">Said where it has no line.</param>
    private sealed record Section(string Title, IReadOnlyList<Line> Lines, string None = "");

    public MessageContent Of(DigestFigures figures)
    {
        Section[] sections = [AtRisk(figures), Valuable(figures), Queue(figures), Automation(figures), Moves(figures)];
        var subject = Fill(
            words.Subject, figures.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Money(figures.ValueAtRisk),
            Count(figures.Today.Reviews.Open));
        return new MessageContent(subject, TextOf(subject, sections), HtmlOf(subject, sections));
    }

    private Section AtRisk(DigestFigures figures) => new(words.AtRisk,
    [
        new Line(
            words.ValueAtRisk, Money(figures.ValueAtRisk),
            Fill(words.CustomersAtRisk, Count(figures.AtRisk), Money(figures.Today.AtRisk.Sum(one => one.SinceValue)))),
        new Line(words.Fell, Count(figures.Today.AtRisk.Sum(one => one.Since)), words.FellNote),
    ]);

    private Section Valuable(DigestFigures figures) => new(
        words.Valuable,
        [
            .. figures.Today.Valuable.Select(one => new Line(
                PlainText.OneLine(one.Name is { Length: > 0 } name ? name : one.Id, NameCharsMax), Money(one.Value), tagNames(one.Tag),
                new Uri(publicUrl, $"customers/{Uri.EscapeDataString(one.Id)}").AbsoluteUri)),
        ],
        words.NobodyValuable);

    private Section Queue(DigestFigures figures)
    {
        var (reviews, tasks) = (figures.Today.Reviews, figures.Today.Tasks);
        return new(words.Queue,
        [
            new Line(words.OpenReviews, Count(reviews.Open), Fill(words.LateReviews, Count(reviews.Late))),
            new Line(words.OldestReview, figures.Today.OldestReview is { } oldest ? Instant(oldest) : "–"),
            new Line(words.OpenTasks, Count(tasks.Open), Fill(words.Late, Count(tasks.Late))),
            new Line(words.DueToday, Count(figures.Today.TasksDueToday)),
        ]);
    }

    private Section Automation(DigestFigures figures)
    {
        var campaigns = figures.Automation.Campaigns;
        return new(words.Automation,
        [
            new Line(
                words.ByItself, Count(figures.Of(TransitionKind.Automatic)),
                Fill(words.OfMoves, Count(figures.Flow.Rows.Sum(row => row.Count)))),
            new Line(words.ByPeople, Count(figures.MovedByPeople), Fill(words.TakenBack, Count(figures.Of(Measure.Undone)))),
            new Line(words.ReviewsOpened, Count(figures.Of(Measure.ReviewOpened))),
            new Line(
                words.Sent, Count(campaigns.Sum(one => one.Sent)),
                Fill(words.NotSent, Count(campaigns.Sum(one => one.Failed)), Count(campaigns.Sum(one => one.Suppressed)))),
        ]);
    }

    private Section Moves(DigestFigures figures)
    {
        Line[] lines =
        [
            .. figures.Moves.Select(row => new Line(
                $"{tagNames(row.From)} → {tagNames(row.To)}", Count(row.Count), Fill(words.Yesterday, Count(row.Previous)))),
        ];
        var note = Fill(words.MovesNote, Count(figures.Flow.Rows.Sum(row => row.Count)), Count(figures.Flow.Rows.Sum(row => row.Previous)));
        return new(lines.Length > 0 ? $"{words.Moves} ({note})" : words.Moves, lines, words.NobodyMoved);
    }

    private string TextOf(string subject, IEnumerable<Section> sections)
    {
        var text = new StringBuilder(subject).Append('\n');
        foreach (var section in sections)
        {
            text.Append('\n').Append(section.Title).Append('\n').Append('-', 40).Append('\n');
            foreach (var line in section.Lines)
                text.Append(line.Name).Append(": ").Append(line.Value).Append(line.Note.Length > 0 ? $" ({line.Note})" : "").Append('\n');
            if (section.Lines.Count == 0) text.Append(section.None).Append('\n');
        }
        return text.Append('\n').Append(words.Open).Append(": ").Append(TodayPage).Append("\n\n").Append(words.Why).Append('\n').ToString();
    }

    private string HtmlOf(string subject, IEnumerable<Section> sections)
    {
        const string Font = "font-family:Helvetica Neue,Hiragino Sans,Yu Gothic,Meiryo,Segoe UI,Arial,sans-serif;color:#1f2d2b";
        const string Cell = "padding:6px 12px 6px 0;border-top:1px solid #d8e2e0;text-align:left;vertical-align:top";
        var html = new StringBuilder()
            .Append("<!doctype html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Html.Encode(subject)).Append("</title></head><body style=\"margin:0;background:#eef2f1;").Append(Font)
            .Append("\"><div style=\"max-width:640px;margin:0 auto;padding:24px;background:#ffffff;border-top:4px solid #0f766e\">")
            .Append("<h1 style=\"font-size:20px;margin:0 0 16px\">").Append(Html.Encode(subject)).Append("</h1>");
        foreach (var section in sections)
        {
            html.Append("<h2 style=\"font-size:16px;margin:24px 0 8px;color:#0b3b37\">").Append(Html.Encode(section.Title)).Append("</h2>");
            if (section.Lines.Count == 0) html.Append("<p style=\"margin:0\">").Append(Html.Encode(section.None)).Append("</p>");
            else html.Append("<table role=\"presentation\" style=\"border-collapse:collapse;width:100%;font-size:15px\">");
            foreach (var line in section.Lines)
                html.Append("<tr><td style=\"").Append(Cell).Append("\">").Append(Linked(line)).Append("</td><td style=\"").Append(Cell)
                    .Append(";font-weight:bold;white-space:nowrap\">").Append(Html.Encode(line.Value)).Append("</td><td style=\"")
                        .Append(Cell)
                    .Append(";color:#4b5e5b\">").Append(Html.Encode(line.Note)).Append("</td></tr>");
            if (section.Lines.Count > 0) html.Append("</table>");
        }
        return html.Append("<p style=\"margin:24px 0 0\"><a href=\"").Append(Html.Encode(TodayPage)).Append("\" style=\"color:#0f766e\">")
            .Append(Html.Encode(words.Open)).Append("</a></p><p style=\"margin:24px 0 0;font-size:12px;color:#5b6b68\">")
            .Append(Html.Encode(words.Why)).Append("</p></div></body></html>").ToString();
    }

    private static string Linked(Line line) => line.Link is { } link
        ? $"<a href=\"{Html.Encode(link)}\" style=\"color:#0f766e\">{Html.Encode(line.Name)}</a>" : Html.Encode(line.Name);

    private string TodayPage => new Uri(publicUrl, "today").AbsoluteUri;

    private string Money(decimal amount) => currency is null ? amount.ToString("#,0.##", CultureInfo.InvariantCulture)
        : $"{amount.ToString($"N{Currencies.DecimalsOf(currency)}", CultureInfo.InvariantCulture)} {currency}";

    private string Instant(DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Fill(string sentence, params object[] values) => string.Format(CultureInfo.InvariantCulture, sentence, values);
}
