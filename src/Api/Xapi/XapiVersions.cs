using System.Text.RegularExpressions;
using LStep.Api.Standards;
using Microsoft.AspNetCore.Http;

namespace LStep.Api.Xapi;

/// <summary>The header that says which version a request is of, and an answer.</summary>
internal static partial class XapiVersions
{
    public const string Header = "X-Experience-API-Version";

    /// <summary>Of each the newest that is known.</summary>
    public static string Newest(XapiVersion version) => version == XapiVersion.V2 ? "2.0.0" : "1.0.3";

    /// <summary>Null for one that is not supported.</summary>
    public static XapiVersion? Of(string text) => First().IsMatch(text) ? XapiVersion.V1 : Second().IsMatch(text) ? XapiVersion.V2 : null;

    /// <summary>Answers in the version of the request; without a good one in that which most players speak.</summary>
    /// <exception cref="InvalidRequestException">The request says none that is supported.</exception>
    public static XapiVersion Agree(HttpContext http)
    {
        var version = Of(http.Request.Headers[Header].ToString());
        http.Response.Headers[Header] = Newest(version ?? XapiVersion.V1);
        return version ?? throw new InvalidRequestException(
            Header, "bad_version", $"The header {Header} is needed: 1.0, 1.0.x, 2.0 or 2.0.x.");
    }

    [GeneratedRegex(@"^1\.0(\.\d{1,3})?$")]
    private static partial Regex First();

    [GeneratedRegex(@"^2\.0(\.\d{1,3})?$")]
    private static partial Regex Second();
}
