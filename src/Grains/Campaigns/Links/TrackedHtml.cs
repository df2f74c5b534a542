using System.Net;
using System.Text;

namespace LStep.Grains.Campaigns.Links;

/// <summary>
/// Replaces the addresses of links in a mail's HTML and puts a pixel at its end. Everything else stays byte for byte as it was, the
/// conditional comments among it that Outlook reads: a parser that prints its tree again would change them. Only what an HTML reader takes
/// for an attribute href of a or area is looked at, never what stands in a comment, a style or a script.
/// </summary>
public static class TrackedHtml
{
    private static readonly string[] Raw = ["script", "style", "title", "textarea", "xmp", "noembed", "noframes", "iframe"];

    /// <param name="click">The address that leads over the product; null leaves it as it is.</param>
    public static string Of(string html, Func<string, string?> click, string pixel)
    {
        var made = new StringBuilder(html.Length + 1_024);
        var (done, at, end) = (0, 0, -1);
        while (at < html.Length && html.IndexOf('<', at) is >= 0 and var open)
        {
            if (html.AsSpan(open).StartsWith("<!--")) at = After(html, "-->", open + 2);
            else if (open + 1 < html.Length && (html[open + 1] is '!' or '?')) at = After(html, ">", open);
            else if (Tag.Read(html, open) is { } tag)
            {
                if (tag.IsEnd && tag.Is("body")) end = open;
                foreach (var (start, length) in tag.Is("a") || tag.Is("area") ? tag.Addresses : [])
                    if (click(WebUtility.HtmlDecode(html.Substring(start, length)).Trim()) is { } address)
                    {
                        made.Append(html, done, start - done).Append(WebUtility.HtmlEncode(address));
                        done = start + length;
                    }
                at = tag.End;
                if (!tag.IsEnd && Array.Exists(Raw, tag.Is)) at = EndOfRaw(html, tag);
            }
            else at = open + 1;
        }
        // The last </body> counts: what follows it is hardly ever shown.
        var image = $"<img src=\"{WebUtility.HtmlEncode(pixel)}\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">";
        return end >= done
            ? made.Append(html, done, end - done).Append(image).Append(html, end, html.Length - end).ToString()
            : made.Append(html, done, html.Length - done).Append(image).ToString();
    }

    private static int After(string html, string mark, int from) =>
        from < html.Length && html.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var found
            ? found + mark.Length : html.Length;

    /// <summary>Where the text of a script or a style ends: at its own end tag alone.</summary>
    private static int EndOfRaw(string html, Tag tag)
    {
        var end = html.IndexOf("</" + tag.Name, tag.End, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : end;
    }

    /// <param name="Addresses">Where the values of href stand, at most one: of several the first counts.</param>
    private sealed record Tag(string Name, bool IsEnd, int End, List<(int Start, int Length)> Addresses)
    {
        public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

        /// <summary>Null where no tag begins, or where it never ends.</summary>
        public static Tag? Read(string html, int open)
        {
            var at = open + 1;
            var isEnd = at < html.Length && html[at] == '/';
            if (isEnd) at++;
            var begin = at;
            if (at >= html.Length || !char.IsAsciiLetter(html[at])) return null;
            while (at < html.Length && !IsBlank(html[at]) && html[at] is not ('/' or '>')) at++;
            var name = html[begin..at];
            var addresses = new List<(int, int)>();
            while (at < html.Length)
            {
                while (at < html.Length && (IsBlank(html[at]) || html[at] == '/')) at++;
                if (at >= html.Length) return null;
                if (html[at] == '>') return new Tag(name, isEnd, at + 1, addresses);
                var (isHref, start, length, next) = Attribute(html, at);
                if (next < 0) return null;
                if (isHref && length > 0 && addresses.Count == 0) addresses.Add((start, length));
                at = next;
            }
            return null;
        }

        private static (bool IsHref, int Start, int Length, int Next) Attribute(string html, int at)
        {
            var begin = at++;
            while (at < html.Length && !IsBlank(html[at]) && html[at] is not ('=' or '>' or '/')) at++;
            var isHref = html.AsSpan(begin, at - begin).Equals("href", StringComparison.OrdinalIgnoreCase);
            var behind = at;
            while (behind < html.Length && IsBlank(html[behind])) behind++;
            if (behind >= html.Length || html[behind] != '=') return (false, 0, 0, at);
            at = behind + 1;
            while (at < html.Length && IsBlank(html[at])) at++;
            if (at >= html.Length) return (false, 0, 0, -1);
            if (html[at] is '"' or '\'')
            {
                var close = html.IndexOf(html[at], at + 1);
                return close < 0 ? (false, 0, 0, -1) : (isHref, at + 1, close - at - 1, close + 1);
            }
            var start = at;
            while (at < html.Length && !IsBlank(html[at]) && html[at] != '>') at++;
            return (isHref, start, at - start, at);
        }

        private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
    }
}
