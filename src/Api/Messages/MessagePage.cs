using System.Net;
using System.Security.Cryptography;
using System.Text;
using LStep.Api.Http;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Feedback;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Messages;

/// <summary>
/// Pages for people who follow a link of a message: made here, without scripts, and with nothing about the person on them, since such
/// links are passed on.
/// </summary>
internal static class MessagePage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2530; --paper: #ffffff; --field: #f4f6f9; --line: #d5dbe3; --act: #1f5fbf; --on: #ffffff }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e8ecf2; --paper: #171c23; --field: #202733; --line: #3a4554; --act: #8ab8ff; --on: #10151c }
        }
        * { box-sizing: border-box }
        body { margin: 0; background: var(--field); color: var(--ink); font: 1.0625rem/1.65 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif }
        main { max-width: 34rem; margin: min(12vh, 6rem) auto 3rem; padding: 2rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem }
        h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.3; text-wrap: balance }
        fieldset { margin: 1.5rem 0 0; padding: 0; border: 0 }
        legend { padding: 0; font-weight: 600 }
        label { display: flex; gap: .75rem; align-items: center; min-height: 3rem; margin-top: .5rem; padding: .5rem .9rem; border: 1px solid var(--line); border-radius: .6rem; cursor: pointer }
        input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--act) }
        button { width: 100%; min-height: 3rem; margin-top: 1rem; border: 1px solid var(--act); border-radius: .6rem; background: var(--act); color: var(--on); font: inherit; font-weight: 600; cursor: pointer }
        button.quiet { background: none; color: var(--act) }
        [role=status] { margin: 0 0 1.25rem; padding: .75rem 1rem; border-left: .25rem solid var(--act); background: var(--field) }
        :focus-visible { outline: .2rem solid var(--act); outline-offset: .15rem }
        @media (max-width: 38rem) { main { margin: 0; min-height: 100vh; border: 0; border-radius: 0 } }
        """;

    /// <summary>No script, no image, no other style, and forms go nowhere but here.</summary>
    public static ContentPolicy Policy { get; } = new(
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

    /// <param name="done">What was done by the request itself; null where nothing was.</param>
    public static Task WritePreferences(HttpContext http, PageTexts texts, MessagePreferences preferences, string? done = null)
    {
        var boxes = string.Join('\n', MessageConsents.All.Select(consent =>
            $"<label><input type=\"checkbox\" name=\"{consent.Name()}\" value=\"on\"{(preferences.On[consent] ? " checked" : "")}>"
            + $"{Text(texts.Of(consent))}</label>"));
        return Write(http, StatusCodes.Status200OK, texts, $"""
            {(done is null ? "" : $"<p role=\"status\">{Text(done)}</p>")}
            <h1>{Text(texts.Heading)}</h1>
            <p>{Text(texts.Introduction)}</p>
            <form method="post">
            <fieldset>
            <legend>{Text(texts.Legend)}</legend>
            {boxes}
            </fieldset>
            <button name="choice" value="save">{Text(texts.Save)}</button>
            </form>
            <form method="post"><button class="quiet" name="choice" value="none">{Text(texts.StopAll)}</button></form>
            """);
    }

    public static Task WriteText(HttpContext http, int status, PageTexts texts, string text) =>
        Write(http, status, texts, $"<h1>{Text(texts.Title)}</h1>\n<p role=\"status\">{Text(text)}</p>");

    /// <summary>A token that is none: the same whatever it was meant to be.</summary>
    public static Task WriteBad(HttpContext http, LinkGuard guard) => guard.Bad(http) is { } seconds
        ? WriteBusy(http, Accepted(http), seconds) : WriteText(http, StatusCodes.Status404NotFound, Accepted(http), Accepted(http).Bad);

    public static Task WriteBusy(HttpContext http, PageTexts texts, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString();
        return WriteText(http, StatusCodes.Status429TooManyRequests, texts, texts.Busy);
    }

    /// <summary>Where nobody is known whose language it could be.</summary>
    public static PageTexts Accepted(HttpContext http) => PageTexts.For(null, http.Request.Headers.AcceptLanguage.ToString());

    private static Task Write(HttpContext http, int status, PageTexts texts, string content)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers.ContentLanguage = texts.Language;
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Text(texts.Title)}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            {content}
            </main>
            </body>
            </html>
            """, http.RequestAborted);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
