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
        :root { color-scheme: light dark; --ink: #171b21; --soft: #4d5766; --paper: #ffffff; --line: #e4e7ec }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #aeb7c4; --paper: #161a20; --line: #262c35 } }
        * { box-sizing: border-box }
        body { margin: 0; padding: 1.1rem 1.25rem; background: var(--paper); color: var(--ink); font: .9375rem/1.45 system-ui, "Noto Sans JP", sans-serif }
        h1 { margin: 0 0 .75rem; font-size: 1.0625rem; overflow-wrap: anywhere }
        dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0 0 1rem }
        dt { color: var(--soft); font-size: .8125rem }
        dd { margin: 0; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums }
        table { width: 100%; border-collapse: collapse }
        th { padding: .3rem .75rem .3rem 0; font-weight: 500; text-align: start; white-space: nowrap }
        td { padding: .3rem 0 .3rem .75rem; text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
        tr + tr > * { border-top: 1px solid var(--line) }
        td:nth-child(2) { width: 60% }
        meter { display: block; width: 100%; height: .7rem }
        footer { margin-top: .75rem; color: var(--soft); font-size: .8125rem }
        """;

    /// <summary>No script, no image and no other style; any page may show it.</summary>
    public static ContentPolicy Policy { get; } = new(
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'none'; base-uri 'none'; frame-ancestors *", MayBeFramed: true);

    /// <param name="counts">Null while nothing was counted yet.</param>
    public static Task Write(HttpContext http, string name, TagCounts? counts, DateTimeOffset now)
    {
        var texts = CardTexts.For(http.Request.Headers.AcceptLanguage.ToString());
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers.ContentLanguage = texts.Language;
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="{AgainSeconds}">
            <title>{Text(name)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{Text(name)}</h1>
            {(counts is null ? $"<p>{Text(texts.NotYet)}</p>" : Figures(counts, texts))}
            </main>
            <footer>{Text(string.Format(CultureInfo.InvariantCulture, texts.AsOf, now.UtcDateTime))}</footer>
            </body>
            </html>
            """, http.RequestAborted);
    }

    private static string Figures(TagCounts counts, CardTexts texts)
    {
        var all = counts.Counts.Values.Sum();
        var rows = string.Join('\n', StatusTags.All.Select(tag => Row(tag, counts.Counts[tag], all, texts)));
        var learning = counts.Counts[StatusTag.Active] + counts.Counts[StatusTag.Progressing];
        return $"""
            <dl>
            <div><dt>{Text(texts.Learning)}</dt><dd>{Number(learning)}</dd></div>
            <div><dt>{Text(texts.Mastery)}</dt><dd>{Share(counts.Counts[StatusTag.Mastery], all)}</dd></div>
            <div><dt>{Text(texts.AtRisk)}</dt><dd>{Number(counts.Counts[StatusTag.Declining])}</dd></div>
            </dl>
            <table><tbody>
            {rows}
            </tbody></table>
            <footer>{Number(all)} {Text(texts.Customers)}</footer>
            """;
    }

    private static string Row(StatusTag tag, long count, long all, CardTexts texts) => $"""
        <tr>
        <th scope="row">{Text(texts.Tags[tag])}</th>
        <td><meter min="0" max="{Math.Max(1, all)}" value="{count}">{Share(count, all)}</meter></td>
        <td>{Number(count)}</td>
        <td>{Share(count, all)}</td>
        </tr>
        """;

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(long part, long all) =>
        all == 0 ? "–" : (100m * part / all).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
