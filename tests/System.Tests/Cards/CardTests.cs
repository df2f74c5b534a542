using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace LStep.System.Tests.Cards;

/// <summary>Read-only cards that other pages embed.</summary>
public sealed class CardTests(LStepHostFixture fixture) : IClassFixture<LStepHostFixture>
{
    private readonly LStepHost host = fixture.Host;

    [Fact]
    public async Task A_card_shows_the_customers_per_tag_to_whoever_has_its_link_and_may_be_framed()
    {
        await host.Post(new { type = "track", userId = "somebody", @event = "Logged In" });
        var path = (await Make(new { name = "Autumn <course>" })).GetProperty("path").GetString()!;
        using var stranger = new HttpClient { BaseAddress = host.Address };
        await Signals.UntilAsync(async () => (await stranger.GetStringAsync(path)).Contains("<dd>1</dd>", StringComparison.Ordinal));

        using var answer = await stranger.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<h1>Autumn &lt;course&gt;</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", page, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors *", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("X-Frame-Options"));
        Assert.True(answer.Headers.CacheControl!.NoStore);

        using var asked = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Language", "ja,en;q=0.5" } } };
        using var inJapanese = await stranger.SendAsync(asked);
        Assert.Contains("<html lang=\"ja\">", await inJapanese.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_card_has_to_say_it_says_as_a_page_whose_style_its_policy_allows_and_any_page_may_frame()
    {
        await using var own = await LStepHost.Start(connectionString: await PostgresFixture.FreshDatabase());
        var made = await (await own.Client.PostAsJsonAsync("/api/cards", new { name = "Wall" })).Json();
        using var stranger = new HttpClient { BaseAddress = own.Address };
        async Task<string> Page(string path, HttpStatusCode status)
        {
            using var answer = await stranger.GetAsync(path);
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
            Assert.Contains(
                Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))), policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors *", policy, StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("X-Frame-Options"));
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
            return page;
        }

        var path = made.GetProperty("path").GetString()!;
        Assert.Contains("http-equiv=\"refresh\"", await Page(path, HttpStatusCode.OK), StringComparison.Ordinal);
        await using (var holder = new NpgsqlConnection(own.ConnectionString))
        {
            await holder.OpenAsync();
            await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE cards", holder);
            await hold.ExecuteNonQueryAsync();
            Assert.Contains("tries again", await Page(path, HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
        }
        Assert.DoesNotContain("http-equiv", await Page("/card/lsc_nobody", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Equal("DENY", Assert.Single((await stranger.GetAsync("/")).Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task In_Japanese_it_speaks_as_the_dashboard_does()
    {
        await host.Post(new { type = "track", userId = "somebody", @event = "Logged In" });
        var path = (await Make(new { name = "Words" })).GetProperty("path").GetString()!;
        await Signals.UntilAsync(async () => (await Words("en")).Count == 9);
        var dictionary = Directory.GetFiles(Repository.Path("src/Api/dashboard/src/languages/ja"), "*.ts").SelectMany(File.ReadLines)
            .Select(line => Regex.Match(line, """^  "(?<english>.+?)": "(?<japanese>.+)",$""")).Where(line => line.Success)
            .ToLookup(line => line.Groups["english"].Value, line => line.Groups["japanese"].Value);

        Assert.Equal(
            (await Words("en")).Select(word => string.Join(' ', word.Split(' ', 2) is [var emoji, var name] && !dictionary.Contains(word)
                ? [emoji, dictionary[name].Single()] : [dictionary[word].Single()])),
            await Words("ja"));

        async Task<List<string>> Words(string language)
        {
            using var asked = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Language", language } } };
            var page = await (await host.Client.SendAsync(asked)).Content.ReadAsStringAsync();
            return [.. Regex.Matches(page, "<dt>(?<word>.+?)</dt>|<li>\\s*<span>(?<word>.+?)</span>").Select(
                word => WebUtility.HtmlDecode(word.Groups["word"].Value.Replace("<wbr>", "", StringComparison.Ordinal)))];
        }
    }

    [Fact]
    public async Task A_deleted_an_expired_and_an_invented_link_show_nothing()
    {
        var made = await Make(new { name = "Short" });
        var path = made.GetProperty("path").GetString()!;
        using var stranger = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await host.Client.DeleteAsync($"/api/cards/{made.GetProperty("id")}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.DeleteAsync($"/api/cards/{made.GetProperty("id")}")).StatusCode);
        foreach (var invented in new[] { "/card/lsc_nobody", "/card/" + new string('x', 3_000) })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(invented)).StatusCode);

        var past = await host.Client.PostAsJsonAsync("/api/cards", new { name = "Past", expiresAt = "2020-01-01T00:00:00Z" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, past.StatusCode);
        var nameless = await host.Client.PostAsJsonAsync("/api/cards", new { name = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
    }

    [Fact]
    public async Task A_link_opens_nothing_but_its_card_and_its_secret_is_told_once()
    {
        var secret = (await Make(new { name = "Wall" })).GetProperty("path").GetString()!["/card/".Length..];
        using var stranger = new HttpClient { BaseAddress = host.Address };
        stranger.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/customers")).StatusCode);

        var listed = (await host.Get("/api/cards")).ToString();
        Assert.Contains("Wall", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
        var audit = (await host.Get("/api/audit?action=card")).ToString();
        Assert.Contains("card.created", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, audit, StringComparison.Ordinal);
    }

    private async Task<JsonElement> Make(object card)
    {
        var answer = await host.Client.PostAsJsonAsync("/api/cards", card);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
