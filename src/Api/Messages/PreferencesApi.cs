using System.Collections.Immutable;
using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Feedback;
using LStep.Grains.Campaigns.Links;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace LStep.Api.Messages;

/// <summary>
/// The page by which a recipient chooses what to get. Asking for it changes nothing, since scanners follow every link; a mail program posts
/// to the same address for one click (RFC 8058). No key and no cookie: the signed address is what lets somebody in.
/// </summary>
public static class PreferencesApi
{
    private const int BodyBytesMax = 16 * 1024;
    private const int FieldsMax = 16;

    public static void Map(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription().WithMetadata(MessagePage.Policy, new BodyLimit());
        pages.MapGet("/u/{token}", Show).WithName("showPreferences");
        pages.MapPost("/u/{token}", Change).WithName("changePreferences").DisableAntiforgery();
    }

    private static async Task Show(HttpContext http, string token, MessageLinks links, MessageReads reads, LinkGuard guard)
    {
        if (await Of(http, token, links, reads, guard) is { Preferences: { } preferences, Texts: var texts })
            await MessagePage.WritePreferences(http, texts, preferences);
    }

    private static async Task Change(
        HttpContext http, string token, MessageLinks links, MessageReads reads, LinkGuard guard, PreferenceChanges changes)
    {
        if (await Of(http, token, links, reads, guard) is not { Preferences: { } before, Texts: var texts, Token: var link }) return;
        if (await FormOf(http) is not { } form)
        {
            await MessagePage.WriteText(http, StatusCodes.Status400BadRequest, texts, texts.Unreadable);
            return;
        }
        var isOneClick = form["List-Unsubscribe"].Any(
            value => "One-Click".Equals(value?.Trim(), StringComparison.OrdinalIgnoreCase));
        if (!isOneClick && form["choice"].ToString() is not ("save" or "none"))
        {
            await MessagePage.WriteText(http, StatusCodes.Status400BadRequest, texts, texts.Unreadable);
            return;
        }
        var isSave = form["choice"] == "save";
        var isThere = isOneClick ? await changes.Withdraw(before, link.Channel!.Value)
            : await changes.Choose(before, Wanted(isSave ? form : FormCollection.Empty));
        if (!isThere || await reads.Preferences(link.ActionId, http.RequestAborted) is not { } after) await Gone(http, texts);
        else if (isOneClick) await MessagePage.WriteText(http, StatusCodes.Status200OK, texts, texts.Stopped);
        else await MessagePage.WritePreferences(http, texts, after, isSave ? texts.Saved : texts.Stopped);
    }

    private static ImmutableDictionary<MessageConsent, bool> Wanted(IFormCollection form) =>
        MessageConsents.All.ToImmutableDictionary(consent => consent, consent => form.ContainsKey(consent.Name()));

    /// <summary>Null where an answer was written already: the link is none, is used too often, or is of nobody any more.</summary>
    private static async Task<(MessagePreferences Preferences, PageTexts Texts, LinkToken Token)?> Of(
        HttpContext http, string token, MessageLinks links, MessageReads reads, LinkGuard guard)
    {
        if (links.Read(LinkPurpose.Unsubscribe, token) is not { } link)
        {
            await MessagePage.WriteBad(http, guard);
            return null;
        }
        if (guard.Good(link.ActionId) is { } seconds)
        {
            await MessagePage.WriteBusy(http, MessagePage.Accepted(http), seconds);
            return null;
        }
        if (await reads.Preferences(link.ActionId, http.RequestAborted) is { } preferences)
            return (preferences, PageTexts.For(preferences.Locale, http.Request.Headers.AcceptLanguage.ToString()), link);
        await Gone(http, MessagePage.Accepted(http));
        return null;
    }

    /// <summary>A mail program that posts for somebody who was erased has got what it asked for.</summary>
    private static Task Gone(HttpContext http, PageTexts texts) => MessagePage.WriteText(
        http, HttpMethods.IsPost(http.Request.Method) ? StatusCodes.Status200OK : StatusCodes.Status410Gone, texts, texts.Gone);

    /// <summary>Null for what is no form, or one with more in it than ours has.</summary>
    private static async Task<IFormCollection?> FormOf(HttpContext http)
    {
        if (!http.Request.HasFormContentType) return null;
        try
        {
            return await new FormFeature(http.Request, new FormOptions
            {
                ValueCountLimit = FieldsMax, KeyLengthLimit = 256, ValueLengthLimit = 1_024, BufferBodyLengthLimit = BodyBytesMax,
                MultipartBodyLengthLimit = BodyBytesMax,
            }).ReadFormAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Anybody may send it.</summary>
    private sealed class BodyLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => BodyBytesMax;
    }
}
