using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace LStep.Api.Rules;

/// <summary>The version of a published set as an entity tag, in answers and as a precondition.</summary>
internal static class RuleSetTags
{
    public static string Of(int version) => new EntityTagHeaderValue($"\"{version}\"", isWeak: true).ToString();

    /// <summary>Of an answer that says more than the set; what stands after the dot tells such answers apart.</summary>
    public static string Of(int version, string rest) => new EntityTagHeaderValue($"\"{version}.{rest}\"", isWeak: true).ToString();

    /// <summary>The version that If-Match asks for; 0 when it is none. No precondition without the header, or when any will do.</summary>
    public static (int Version, bool IsAsked) Asked(HttpRequest request)
    {
        if (request.Headers.IfMatch.Count == 0) return (0, false);
        var tags = new RequestHeaders(request.Headers).IfMatch;
        if (tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))) return (0, false);
        var versions = tags.Select(tag => int.TryParse(
            Version(tag.Tag.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0);
        return (versions.DefaultIfEmpty().Max(), true);
    }

    private static ReadOnlySpan<char> Version(ReadOnlySpan<char> tag)
    {
        var bare = tag.Trim('"');
        return bare.IndexOf('.') is >= 0 and var dot ? bare[..dot] : bare;
    }
}
