using System.Net;
using System.Text;
using LStep.Domain.Campaigning;
using LStep.Grains.Operations.Verifying;
using LStep.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Campaigns;

/// <summary>The preference page and one click, on a clock that stands still: order never comes from time alone.</summary>
public sealed class PreferenceTests(PreferenceTests.Silo silo) : IClassFixture<PreferenceTests.Silo>
{
    private static readonly (string, string) OneClick = ("List-Unsubscribe", "One-Click");

    private LStepHost Host => silo.Host;

    private Recipients Recipients => silo.Recipients;

    [Fact]
    public async Task Looking_at_the_page_changes_nothing()
    {
        var sent = await Recipients.Sent("looker", traits: new { consent = new { push = false } });
        var page = await Page(Recipients.Unsubscribe(sent));
        Assert.Contains("<html lang=\"en\">", page);
        Assert.Equal(["email", "in_app"], Checked(page));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("looker", page, StringComparison.Ordinal);
        using var head = await Recipients.Get(Recipients.Unsubscribe(sent), method: HttpMethod.Head);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("email in_app", await Recipients.Consents("looker"));
        Assert.Empty(await Recipients.Log("looker"));
    }

    [Theory]
    [InlineData("ja", "en", "ja")]
    [InlineData("ja-JP", "en", "ja")]
    [InlineData("jam", "ja", "en")]
    [InlineData("de", "ja", "en")]
    [InlineData(null, "ja,en;q=0.5", "ja")]
    [InlineData(null, "en", "en")]
    [InlineData(null, "", "en")]
    public async Task The_page_speaks_the_customers_language(string? locale, string accepted, string language)
    {
        var customer = $"speaks-{locale}-{accepted.Length}";
        var sent = await Recipients.Sent(customer, traits: new { locale });
        using var request = new HttpRequestMessage(HttpMethod.Get, Recipients.Unsubscribe(sent));
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);
        using var answer = await Recipients.Browser.SendAsync(request);
        Assert.Contains($"<html lang=\"{language}\">", await answer.Content.ReadAsStringAsync());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.StartsWith("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData(Channel.Email, "push in_app", "email")]
    [InlineData(Channel.Push, "email in_app", "push")]
    [InlineData(Channel.Line, "email in_app", "push")]
    [InlineData(Channel.InApp, "email push", "in_app")]
    public async Task One_click_ends_the_messages_of_its_channel_and_again_changes_nothing(Channel channel, string left, string subject)
    {
        var customer = $"one-click-{channel}";
        var sent = await Recipients.Sent(customer, channel);
        var clicks = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Recipients.PostForm(Recipients.Unsubscribe(sent), OneClick)));
        Assert.All(clicks, click => Assert.Equal(HttpStatusCode.OK, click.StatusCode));
        Assert.Equal(left, await Recipients.Consents(customer));
        Assert.EndsWith($" {subject}", Assert.Single(await Recipients.Log(customer)));
        Assert.Equal(["unsubscribed 1"], await Recipients.Counts(sent));
    }

    [Fact]
    public async Task One_click_may_come_in_parts()
    {
        var sent = await Recipients.Sent("in-parts");
        using var body = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
        using var answer = await Recipients.Browser.PostAsync(Recipients.Unsubscribe(sent), body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("push in_app", await Recipients.Consents("in-parts"));
    }

    /// <summary>A consent that was given back meanwhile is withdrawn by the same link once more, in the same instant too.</summary>
    [Fact]
    public async Task Who_changes_their_mind_is_followed_every_time()
    {
        var sent = await Recipients.Sent("undecided");
        var link = Recipients.Unsubscribe(sent);
        for (var i = 0; i < 3; i++)
        {
            await Recipients.PostForm(link, OneClick);
            Assert.Equal("push in_app", await Recipients.Consents("undecided"));
            Assert.Equal(["email", "push", "in_app"], Checked(await Read(await Recipients.PostForm(
                link, ("email", "on"), ("push", "on"), ("in_app", "on"), ("choice", "save")))));
            Assert.Equal("email push in_app", await Recipients.Consents("undecided"));
        }
        Assert.Empty(Checked(await Read(await Recipients.PostForm(link, ("choice", "none")))));
        Assert.Equal("", await Recipients.Consents("undecided"));
    }

    /// <summary>A sender's clock that ran ahead said yes: what the person says now counts.</summary>
    [Fact]
    public async Task A_yes_of_a_clock_that_runs_ahead_does_not_win()
    {
        var sent = await Recipients.Sent("ahead");
        await Host.Post(Messages.Identify("ahead", Host.Now.AddMinutes(4), new { consent = new { email = true } }, "ahead-yes"));
        await Recipients.PostForm(Recipients.Unsubscribe(sent), OneClick);
        Assert.Equal("push in_app", await Recipients.Consents("ahead"));
    }

    [Fact]
    public async Task The_same_choice_again_records_nothing()
    {
        var sent = await Recipients.Sent("again");
        for (var i = 0; i < 3; i++) await Recipients.PostForm(Recipients.Unsubscribe(sent), ("push", "on"), ("choice", "save"));
        Assert.Equal(["Identify  -"], await Recipients.Log("again"));
        Assert.Equal("push", await Recipients.Consents("again"));
    }

    [Fact]
    public async Task What_came_by_links_is_found_again_when_everybody_is_counted_from_the_log()
    {
        var sent = await Recipients.Sent("recounted");
        await Recipients.PostForm(Recipients.Unsubscribe(sent), OneClick);
        await Recipients.PostForm(Recipients.Unsubscribe(sent), ("email", "on"), ("choice", "save"));
        await Recipients.Get(Recipients.Tracked(sent).Open);
        await Recipients.Get(Recipients.Tracked(sent).Click);
        Assert.Equal(4, (await Recipients.Log("recounted")).Count);
        var result = await Host.Services.GetRequiredService<Verify>()
            .Run(Host.Services.GetRequiredService<RulebookSource>().Current, Host.Now);
        Assert.DoesNotContain(result.Differences, difference => difference.What is "profile" or "totals" or "windows" or "ledger");
    }

    [Fact]
    public async Task Who_was_erased_is_told_so_and_stays_erased()
    {
        var sent = await Recipients.Sent("erased-one");
        var link = Recipients.Unsubscribe(sent);
        (await Host.Client.DeleteAsync("/api/customers/erased-one")).EnsureSuccessStatusCode();
        using var page = await Recipients.Get(link);
        Assert.Equal(HttpStatusCode.Gone, page.StatusCode);
        Assert.Contains("no longer stored", await page.Content.ReadAsStringAsync());
        using var click = await Recipients.PostForm(link, OneClick);
        Assert.Equal(HttpStatusCode.OK, click.StatusCode);
        using var found = await Host.Client.GetAsync("/api/customers/erased-one");
        Assert.Equal(HttpStatusCode.NotFound, found.StatusCode);
    }

    [Fact]
    public async Task A_link_that_is_none_is_a_page_that_says_so_whatever_is_done_with_it()
    {
        var sent = await Recipients.Sent("no-link");
        var (open, click) = Recipients.Tracked(sent);
        foreach (var path in new[]
                 {
                     "/u/none", "/u/" + open[3..], "/u/" + click[3..], Recipients.Unsubscribe(sent) + "A", "/u/%00x", "/u/%20",
                 })
        {
            using var get = await Recipients.Get(path);
            using var post = await Recipients.PostForm(path, OneClick);
            Assert.True(get.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{path} {get.StatusCode}");
            Assert.Equal(get.StatusCode, post.StatusCode);
        }
        Assert.Equal("email push in_app", await Recipients.Consents("no-link"));
    }

    public static TheoryData<string?, string, int> OddBodies => new()
    {
        { null, "", 400 }, { "application/json", "{\"List-Unsubscribe\":\"One-Click\"}", 400 },
        { "text/plain", "List-Unsubscribe=One-Click", 400 },
        { "application/x-www-form-urlencoded", "", 400 }, { "application/x-www-form-urlencoded", "List-Unsubscribe=no", 400 },
        { "application/x-www-form-urlencoded", "choice=other", 400 }, { "application/x-www-form-urlencoded", "%zz=%&&&==&\0", 400 },
        { "application/x-www-form-urlencoded", string.Join('&', Enumerable.Range(0, 100).Select(i => $"a{i}=b")), 400 },
        { "application/x-www-form-urlencoded", "a=" + new string('b', 5_000), 400 },
        { "application/x-www-form-urlencoded", "a=" + new string('b', 50_000), 413 },
        { "multipart/form-data; boundary=x", "--x\r\nbroken", 400 },
        { "multipart/form-data", "--x--", 400 }, { "multipart/form-data; boundary=x", "", 400 },
    };

    [Theory]
    [MemberData(nameof(OddBodies))]
    public async Task What_is_no_form_of_ours_changes_nothing(string? type, string body, int status)
    {
        var sent = await Recipients.Sent("odd-bodies");
        using var request = new HttpRequestMessage(HttpMethod.Post, Recipients.Unsubscribe(sent))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        if (type is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await Recipients.Browser.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("email push in_app", await Recipients.Consents("odd-bodies"));
    }

    [Fact]
    public async Task One_link_used_in_a_loop_is_told_to_wait()
    {
        var sent = await Recipients.Sent("looped");
        HttpResponseMessage? told = null;
        for (var i = 0; i < 200 && told is null; i++)
            if (await Recipients.Get(Recipients.Unsubscribe(sent)) is { StatusCode: HttpStatusCode.TooManyRequests } answer) told = answer;
        Assert.NotNull(told?.Headers.RetryAfter);
    }

    private async Task<string> Page(string path)
    {
        using var answer = await Recipients.Get(path);
        return await Read(answer);
    }

    private static async Task<string> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return text;
    }

    private static string[] Checked(string page) =>
        [.. page.Split("<input ").Skip(1).Where(box => box.Split('>')[0].EndsWith(" checked", StringComparison.Ordinal))
            .Select(box => box.Split("name=\"")[1].Split('"')[0])];

    public sealed class Silo : IAsyncLifetime
    {
        public LStepHost Host { get; private set; } = null!;

        internal Recipients Recipients { get; private set; } = null!;

        public async Task InitializeAsync() => Recipients = new Recipients(Host = await LStepHost.Start(ApiHost.Noon));

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
