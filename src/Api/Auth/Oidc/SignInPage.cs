using System.Net;
using LStep.Api.Http;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Auth.Oidc;

/// <summary>Why a sign-in by the provider did not end in a session: a page for a browser, a problem for whatever else asks.</summary>
internal static class SignInPage
{
    public static Task Write(HttpContext http, Problem problem)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Problems.Write(http, problem);
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($$"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
              <title>Not signed in · L-Step</title>
              <style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }</style>
            </head>
            <body>
              <h1>Not signed in</h1>
              <p>{{WebUtility.HtmlEncode(problem.Detail)}}</p>
              <p><a href="/">Back to L-Step</a></p>
            </body>
            </html>
            """, http.RequestAborted);
    }
}
