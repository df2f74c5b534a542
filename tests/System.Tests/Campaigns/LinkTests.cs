using System.Buffers.Text;
using System.Net;
using System.Text;

namespace LStep.System.Tests.Campaigns;

/// <summary>Pixels and links of messages over HTTP, on the wall clock.</summary>
public sealed class LinkTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private const string Person =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36";
    private const string Gmail = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

    private readonly Recipients recipients = new(fixture.Host);

    [Fact]
    public async Task The_pixel_is_the_same_for_every_token_and_never_kept_on_the_way()
    {
        var sent = await recipients.Sent("pixel");
        var (open, click) = recipients.Tracked(sent);
        byte[]? first = null;
        foreach (var path in new[]
                 {
                     open, "/o/none", "/o/" + click[3..], open + "A", "/o/" + new string('A', 5_000), "/o/%20", "/o/%F0%9F%92%A9",
                     "/o/..%2F",
                 })
        {
            using var answer = await recipients.Get(path);
            var body = await answer.Content.ReadAsByteArrayAsync();
            Assert.Equal((path, HttpStatusCode.OK, "image/gif"), (path, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.True(answer.Headers.CacheControl is { NoStore: true, NoCache: true });
            Assert.Equal(first ??= body, body);
        }
        Assert.Equal("GIF89a", Encoding.ASCII.GetString(first!, 0, 6));
    }

    [Fact]
    public async Task An_open_and_a_click_are_activities_of_the_customer_and_only_a_few_of_them()
    {
        var sent = await recipients.Sent("reader");
        var (open, click) = recipients.Tracked(sent);
        for (var i = 0; i < 5; i++)
        {
            await recipients.Get(open, Person);
            await recipients.Get(click, Person);
        }
        Assert.Equal(
            [.. Enumerable.Repeat($"MessageClicked Email Clicked {sent.Id}", 3),
                .. Enumerable.Repeat($"MessageOpened Email Opened {sent.Id}", 3)],
            await recipients.Log("reader"));
        Assert.Equal(["clicked 5", "opened 5"], await recipients.Counts(sent));
    }

    [Fact]
    public async Task Machines_are_told_from_people()
    {
        var sent = await recipients.Sent("machines");
        var (open, click) = recipients.Tracked(sent);
        await recipients.Get(open, Gmail);
        await recipients.Get(click, Person, HttpMethod.Head);
        await recipients.Get(open, Person);
        Assert.Equal(
            [$"MessageClicked Email Clicked {sent.Id} machine", $"MessageOpened Email Opened {sent.Id}",
                $"MessageOpened Email Opened {sent.Id} machine"],
            await recipients.Log("machines"));
        Assert.Equal(["clicked 1 machine", "opened 1", "opened 1 machine"], await recipients.Counts(sent));

        var early = await recipients.Sent("early", ago: TimeSpan.Zero);
        await recipients.Get(recipients.Tracked(early).Open, Person);
        Assert.Equal(["opened 1 machine"], await recipients.Counts(early));
    }

    [Fact]
    public async Task Whoever_follows_every_link_of_a_mail_at_once_is_a_machine_with_its_first_click_too()
    {
        var sent = await recipients.Sent("walker");
        var links = Enumerable.Range(0, 8).Select(i => recipients.Tracked(sent, $"https://school.example/{i}").Click).ToArray();
        await Task.WhenAll(links.Select(link => recipients.Get(link, Person)));
        Assert.Equal(["clicked 0", "clicked 7 machine"], await recipients.Counts(sent));
    }

    [Theory]
    [InlineData("https://school.example/lessons/7?a=1&b=2#top")]
    [InlineData("http://school.example")]
    [InlineData("https://school.example/%E8%AC%9B?x=%0d%0aSet-Cookie:a=b")]
    public async Task A_link_leads_to_what_was_signed(string target)
    {
        var sent = await recipients.Sent("led");
        using var answer = await recipients.Get(recipients.Tracked(sent, target).Click, Person);
        Assert.Equal((HttpStatusCode.Found, target), (answer.StatusCode, answer.Headers.NonValidated["Location"].ToString()));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task No_other_token_leads_anywhere()
    {
        var sent = await recipients.Sent("lost");
        var (open, click) = recipients.Tracked(sent);
        foreach (var path in new[]
                 {
                     "/c/none", "/c/" + open[3..], "/c/" + recipients.Unsubscribe(sent)[3..], click[..^1],
                     click + "?to=https://evil.example",
                     "/c/https%3A%2F%2Fevil.example", "/c/" + new string('A', 6_000),
                 })
        {
            using var answer = await recipients.Get(path, Person);
            // What stands behind the token changes nothing.
            if (path.Contains("?to=", StringComparison.Ordinal))
            {
                Assert.StartsWith("https://school.example/", answer.Headers.NonValidated["Location"].ToString());
                continue;
            }
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
            Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy);
            Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_link_of_somebody_who_was_erased_still_leads_on_and_nothing_is_recorded()
    {
        var sent = await recipients.Sent("erased-reader");
        var (open, click) = recipients.Tracked(sent);
        (await fixture.Host.Client.DeleteAsync("/api/customers/erased-reader")).EnsureSuccessStatusCode();
        using var answer = await recipients.Get(click, Person);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        await recipients.Get(open, Person);
        Assert.Empty(await recipients.Counts(sent));
        Assert.Empty(await recipients.Log("erased-reader"));
    }

    [Fact]
    public async Task No_click_passes_by_an_erasure_that_happens_meanwhile()
    {
        for (var round = 0; round < 5; round++)
        {
            var sent = await recipients.Sent($"erased-meanwhile-{round}");
            var links = Enumerable.Range(0, 20).Select(i => recipients.Tracked(sent, $"https://school.example/{i}")).ToArray();
            var requests = links.SelectMany(
                link => new[] { recipients.Get(link.Click, Person), recipients.Get(link.Open, Person) }).ToList();
            using var erased = await fixture.Host.Client.DeleteAsync($"/api/customers/{sent.Customer}");
            Assert.All(await Task.WhenAll(requests), answer => Assert.True((int)answer.StatusCode < 400));
            Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
            Assert.Empty(await recipients.Counts(sent));
            Assert.Empty(await recipients.Log(sent.Customer));
        }
    }

    [Fact]
    public async Task The_customer_cannot_be_read_from_a_link()
    {
        var sent = await recipients.Sent("a-telling-customer-id");
        foreach (var link in new[] { recipients.Tracked(sent).Open, recipients.Tracked(sent).Click, recipients.Unsubscribe(sent) })
        {
            var bytes = Base64Url.DecodeFromChars(link.AsSpan(3));
            Assert.DoesNotContain("telling", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_silo_of_an_installation_signs_with_one_key()
    {
        var sent = await recipients.Sent("two-silos");
        await using var other = await LStepHost.Start(connectionString: fixture.Host.ConnectionString);
        Assert.Equal(recipients.Unsubscribe(sent), new Recipients(other).Unsubscribe(sent));
    }
}
