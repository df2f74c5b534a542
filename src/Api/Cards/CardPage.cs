using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using LStep.Api.Http;
using LStep.Grains.Feeds;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Cards;

/// <summary>The card as a page without scripts, which asks for itself again every minute.</summary>
internal static class CardPage
{
    private const int AgainSeconds = 60;

    private const string Style = """
        :root { color-scheme: light dark; --ink: #171b21; --soft: #4d5766; --paper: #ffffff; --line: #e4e7ec; --track: #eef0f3; --l: .68 }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #aeb7c4; --paper: #161a20; --line: #262c35; --track: #242a33; --l: .7 } }
        * { box-sizing: border-box }
        body { margin: 0; padding: 1rem 1.125rem; background: var(--paper); color: var(--ink); font: .9375rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans JP", sans-serif }
        h1 { margin: 0 0 .75rem; font-size: 1.0625rem; line-height: 1.3; overflow-wrap: anywhere }
        p { margin: 0; color: var(--soft) }
        dl { display: grid; grid-template-columns: repeat(3, auto); justify-content: space-between; gap: .25rem 1rem; margin: 0 0 .75rem; max-width: 30rem }
        dl div { display: flex; flex-direction: column; justify-content: space-between }
        dt { color: var(--soft); font-size: .8125rem; line-height: 1.25 }
        dd { margin: 0; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.02em }
        dd, b, li span, footer { font-variant-numeric: tabular-nums }
        ul { margin: 0; padding: 0; list-style: none }
        li { display: grid; grid-template-columns: minmax(0, 1fr) auto 3.6rem; gap: .25rem .5rem; align-items: center; padding: .25rem 0 .375rem; border-top: 1px solid var(--line) }
        li span:first-child { overflow-wrap: anywhere; line-height: 1.25 }
        b { font-weight: 600; text-align: end }
        li span:nth-child(3) { color: var(--soft); text-align: end }
        svg { display: block; grid-column: 1 / -1; width: 100%; height: .3125rem; border-radius: .25rem; background: var(--track) }
        rect { fill: oklch(var(--l) .13 148) }
        .ST_002 { fill: oklch(var(--l) .13 196) }
        .ST_003 { fill: oklch(var(--l) .13 262) }
        .ST_004 { fill: oklch(var(--l) .13 78) }
        .ST_005 { fill: oklch(var(--l) .13 46) }
        .ST_006 { fill: oklch(var(--l) .055 12) }
        footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; padding-top: .5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .8125rem }
        @media (min-width: 30rem) {
          li { grid-template-columns: 12.5rem minmax(0, 1fr) 5.5rem 3.6rem }
          svg { grid-column: 2; grid-row: 1; height: .5rem }
        }
        @media (max-width: 20rem) { body { padding: .75rem .875rem } dd { font-size: 1.25rem } }
        """;

    /// <summary>No script, no image and no other style; any page may show it.</summary>
    public static ContentPolicy Policy { get; } = new(
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors *", MayBeFramed: true);

    /// <param name="counts">Null while nothing was counted yet.</param>
    public static Task Write(HttpContext http, string name, TagCounts? counts, DateTimeOffset now)
    {
        var texts = Accepted(http);
        return Write(http, StatusCodes.Status200OK, texts, name, AgainSeconds, $"""
            <main>
            <h1>{Text(name)}</h1>
            {(counts is null ? $"<p>{Text(texts.NotYet)}</p>" : Figures(counts, texts))}
            </main>
            <footer>
            {(counts is null ? "" : $"<span>{Text(Filled(texts.Customers, Number(counts.Counts.Values.Sum())))}</span>")}
            <span>{Text(Filled(texts.AsOf, now.UtcDateTime))}</span>
            </footer>
            """);
    }

    /// <summary>No card is behind the link, or none any more: it does not ask again.</summary>
    public static Task WriteEnded(HttpContext http) =>
        Write(http, StatusCodes.Status404NotFound, Accepted(http), "L-Step", null, $"<main><p>{Text(Accepted(http).Ended)}</p></main>");

    /// <summary>The figures cannot be had at this moment; it asks again.</summary>
    public static Task WriteLater(HttpContext http, int status, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Write(
            http, status, Accepted(http), "L-Step", Math.Max(seconds, AgainSeconds), $"<main><p>{Text(Accepted(http).Later)}</p></main>");
    }

    private static CardTexts Accepted(HttpContext http) => CardTexts.For(http.Request.Headers.AcceptLanguage.ToString());

    private static Task Write(HttpContext http, int status, CardTexts texts, string title, int? againSeconds, string content)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers.ContentLanguage = texts.Language;
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
            {(againSeconds is { } seconds ? $"<meta http-equiv=\"refresh\" content=\"{seconds}\">" : "")}
            <title>{Text(title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            {content}
            </body>
            </html>
            """, http.RequestAborted);
    }

    private static string Figures(TagCounts counts, CardTexts texts)
    {
        var all = counts.Counts.Values.Sum();
        var learning = counts.Counts[StatusTag.Active] + counts.Counts[StatusTag.Progressing];
        return $"""
            <dl>
            <div><dt>{Text(texts.Learning)}</dt><dd>{Number(learning)}</dd></div>
            <div><dt>{Text(texts.Mastery)}</dt><dd>{Share(counts.Counts[StatusTag.Mastery], all)}</dd></div>
            <div><dt>{Text(texts.AtRisk)}</dt><dd>{Number(counts.Counts[StatusTag.Declining])}</dd></div>
            </dl>
            <ul>
            {string.Join('\n', StatusTags.All.Select(tag => Row(tag, counts.Counts[tag], all, texts)))}
            </ul>
            """;
    }

    /// <summary>The bar is drawn by attributes: the page's policy allows no style on an element.</summary>
    private static string Row(StatusTag tag, long count, long all, CardTexts texts) => $"""
        <li>
        <span>{Text(texts.Tags[tag]).Replace(":", ":<wbr>", StringComparison.Ordinal)}</span>
        <b>{Number(count)}</b>
        <span>{Share(count, all)}</span>
        <svg aria-hidden="true"><rect class="{tag.Code()}" width="{Percent(count, all)}%" height="100%"/></svg>
        </li>
        """;

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long part, long all) => all == 0 ? "–" : Percent(part, all) + "%";

    private static string Percent(long part, long all) =>
        (100m * part / Math.Max(1, all)).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Filled(string text, object value) => string.Format(CultureInfo.InvariantCulture, text, value);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
