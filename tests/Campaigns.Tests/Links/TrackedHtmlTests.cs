using LStep.Grains.Campaigns.Links;

namespace LStep.Campaigns.Tests.Links;

public sealed class TrackedHtmlTests
{
    private const string Pixel =
        "<img src=\"https://l.example/o/p\" width=\"1\" height=\"1\" alt=\"\" style=\"display:block;border:0\">";

    [Theory]
    [InlineData("<a href=\"https://a.example/?x=1&amp;y=2\">A</a>", "<a href=\"[https://a.example/?x=1&amp;y=2]\">A</a>")]
    [InlineData("<a href='https://a.example/'>A</a>", "<a href='[https://a.example/]'>A</a>")]
    [InlineData("<a href=https://a.example/>A</a>", "<a href=[https://a.example/]>A</a>")]
    [InlineData("<A class=x\n HREF = \" https://a.example/ \" >A</A>", "<A class=x\n HREF = \"[https://a.example/]\" >A</A>")]
    [InlineData("<a title=\"a > b\" href=\"https://a.example/\">A</a>", "<a title=\"a > b\" href=\"[https://a.example/]\">A</a>")]
    [InlineData("<a data-href=\"https://a.example/\">A</a>", "<a data-href=\"https://a.example/\">A</a>")]
    [InlineData("<map><area href=\"https://a.example/\"></map>", "<map><area href=\"[https://a.example/]\"></map>")]
    [InlineData("<a href=\"https://a.example/\" href=\"https://b.example/\">",
        "<a href=\"[https://a.example/]\" href=\"https://b.example/\">")]
    [InlineData("<link href=\"https://a.example/s.css\">", "<link href=\"https://a.example/s.css\">")]
    [InlineData("<img src=\"https://a.example/i.png\">", "<img src=\"https://a.example/i.png\">")]
    [InlineData("<a href=\"mailto:a@a.example\">", "<a href=\"mailto:a@a.example\">")]
    [InlineData("<a href=\"cid:chart\">", "<a href=\"cid:chart\">")]
    [InlineData("<a href=\"#top\">", "<a href=\"#top\">")]
    [InlineData("<a href=\"\">", "<a href=\"\">")]
    [InlineData("<a href>", "<a href>")]
    [InlineData("<!-- <a href=\"https://a.example/\"> -->", "<!-- <a href=\"https://a.example/\"> -->")]
    [InlineData("<!--[if !mso]><!--><a href=\"https://a.example/\"><!--<![endif]-->",
        "<!--[if !mso]><!--><a href=\"[https://a.example/]\"><!--<![endif]-->")]
    [InlineData("<!--[if mso]><v:rect href=\"https://a.example/\"><![endif]-->",
        "<!--[if mso]><v:rect href=\"https://a.example/\"><![endif]-->")]
    [InlineData("<!--><a href=\"https://a.example/\">", "<!--><a href=\"[https://a.example/]\">")]
    [InlineData("<style>a:after{content:'<a href=\"https://a.example/\">'}</style>",
        "<style>a:after{content:'<a href=\"https://a.example/\">'}</style>")]
    [InlineData("1 < 2 <a href=\"https://a.example/\">", "1 < 2 <a href=\"[https://a.example/]\">")]
    [InlineData("<a href=\"https://a.example/", "<a href=\"https://a.example/")]
    [InlineData("<a", "<a")]
    [InlineData("<", "<")]
    [InlineData("", "")]
    [InlineData("<!--", "<!--")]
    [InlineData("<style>", "<style>")]
    public void Links_of_the_web_are_led_over_the_product_and_all_else_stays_as_it_was(string html, string tracked) =>
        Assert.Equal(tracked + Pixel, Of(html));

    [Theory]
    [InlineData("<body>a</body></html>", "<body>a[P]</body></html>")]
    [InlineData("<BODY>a</BODY\n>", "<BODY>a[P]</BODY\n>")]
    [InlineData("<body>a<!-- </body> -->b", "<body>a<!-- </body> -->b[P]")]
    [InlineData("<body>a</body>b</body>", "<body>a</body>b[P]</body>")]
    [InlineData("<body></body><a href=\"https://a.example/\">", "<body></body><a href=\"[https://a.example/]\">[P]")]
    public void The_pixel_stands_at_the_end_of_the_body(string html, string tracked) =>
        Assert.Equal(tracked.Replace("[P]", Pixel, StringComparison.Ordinal), Of(html));

    [Fact]
    public void Any_piece_of_a_mail_is_taken_and_only_its_addresses_change()
    {
        const string Mail = "<!doctype html><html><head><style>p{}</style></head><body><!--[if mso]><i><![endif]-->"
            + "<p class='a'>Hi <a\thref='https://a.example/?a=1&amp;b=2' >x</a><br/><a href=mailto:x>y</a></p></body></html>";
        for (var start = 0; start < Mail.Length; start++)
            for (var length = 0; length <= Mail.Length - start; length++)
            {
                var piece = Mail.Substring(start, length);
                var told = TrackedHtml.Of(
                    piece, address => LinkTokens.TargetIn(address) is { } target ? $"\u00AB{target}\u00BB" : null, "p");
                // Only the marks were added; an entity of an address is one again.
                Assert.Equal(piece, WithoutImage(told).Replace("&#171;", "").Replace("&#187;", ""));
            }
    }

    private static string WithoutImage(string html) =>
        html.Replace(Pixel.Replace("https://l.example/o/p", "p", StringComparison.Ordinal), "", StringComparison.Ordinal);

    private static string Of(string html) =>
        TrackedHtml.Of(html, address => LinkTokens.TargetIn(address) is { } target ? $"[{target}]" : null, "https://l.example/o/p");
}
