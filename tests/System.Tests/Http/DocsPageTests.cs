using System.Text.RegularExpressions;

namespace LStep.System.Tests.Http;

public sealed class DocsPageTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    [Fact]
    public async Task The_page_runs_nothing_but_files_of_its_own_under_the_policy()
    {
        using var anybody = new HttpClient { BaseAddress = fixture.Host.Address };
        using var answer = await anybody.GetAsync("/docs");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("script-src 'self';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        var scripts = Regex.Matches(page, "<script[^>]*>([^<]*)");
        Assert.Equal(2, scripts.Count);
        Assert.All(scripts, script => Assert.Equal("", script.Groups[1].Value));
        foreach (Match source in Regex.Matches(page, "src=\"(/docs/[^\"]+)\""))
        {
            var script = await anybody.GetAsync(source.Groups[1].Value);
            Assert.Equal(("text/javascript", true), (script.Content.Headers.ContentType?.MediaType, script.IsSuccessStatusCode));
            Assert.NotEmpty(await script.Content.ReadAsByteArrayAsync());
        }
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
    }
}
