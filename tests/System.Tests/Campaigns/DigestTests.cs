using System.Net.Http.Json;
using System.Text.Json;
using LStep.Campaigns.Tests.Channels.Smtp;
using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Digests;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using SmtpServer.Protocol;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>The mail of the morning over a real mail server: what it says, and that it goes once.</summary>
public sealed class DigestTests
{
    private static readonly DateTimeOffset Dawn = new(2026, 3, 4, 5, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task It_says_what_the_page_Today_says_and_comes_at_its_hour_of_the_business_day()
    {
        await using var server = new MailServer();
        await using var host = await Start(server, clock: Dawn, zone: "Europe/Berlin");
        await host.Post(
            [.. Enumerable.Range(0, 3).Select(at => Identify($"c{at}", Dawn, new { ltv = 1_000.5 * (at + 1), name = $"C <{at}>" }))]);
        await Set(host, "c0", "ST_004");
        await Set(host, "c1", "ST_004");
        await Set(host, "c2", "ST_002");
        await host.Get("/api/customers?q=C&limit=1"); // whoever looks brings the values of customers up to date
        await Digests(host).Send(CancellationToken.None);
        Assert.Empty(server.Mails);

        await host.MoveClock(Dawn.AddMinutes(30)); // 7 o'clock in Berlin
        await Digests(host).Send(CancellationToken.None);
        await Sent(server, 2);

        var today = await host.Get("/api/analytics/today");
        var atRisk = today.GetProperty("atRisk").EnumerateArray().Sum(one => one.GetProperty("value").GetDecimal());
        Assert.Equal(3_001.5m, atRisk);
        Assert.Equal(["ann@school.example", "ben@school.example"], Recipients(server));
        Assert.All(server.Mails.Select(one => one.Mail), mail =>
        {
            Assert.Equal("Today, 2026-03-04: 3,001.50 EUR at risk, 0 open reviews", mail.Subject);
            string[] lines =
            [
                $"Value at risk: 3,001.50 EUR (customers: {Sum(today, "customers")}, since today: 3,001.50 EUR)",
                $"Fell into risk today: {Sum(today, "sinceToday")} (declining or in re-engagement)",
                .. today.GetProperty("valuable").EnumerateArray().Select(
                    one => $"{one.Text("name")}: {one.GetProperty("ltvValue").GetDecimal():N2} EUR (Risk: Declining)"),
                $"Open reviews: {Of("reviews", "open")} (for more than a day: {Of("reviews", "late")})",
                $"Open tasks: {Of("tasks", "open")} (late: {Of("tasks", "late")})",
                $"Tasks due today: {today.Text("tasksDueToday")}",
                $"Moved by itself: {Of("automation", "automatic")} (of {today.Text("moved")} moves)",
                $"Moved by people: {Of("automation", "overridden")} (taken back: {Of("automation", "undone")})",
                $"Messages sent: {Of("automation", "sent")} (failed: {Of("automation", "failed")}, "
                    + $"held back: {Of("automation", "suppressed")})",
                "Learning: Active → Risk: Declining: 2 (yesterday: 0)",
                "Learning: Active → Learning: Progressing: 1 (yesterday: 0)",
            ];
            foreach (var line in lines) Assert.Contains(line, mail.TextBody, StringComparison.Ordinal);
            Assert.Contains("C &lt;1&gt;</a>", mail.HtmlBody, StringComparison.Ordinal);
            Assert.DoesNotContain("C <1>", mail.HtmlBody, StringComparison.Ordinal);
        });

        string Of(string part, string field) => today.GetProperty(part).Text(field);
    }

    [Fact]
    public async Task Of_two_silos_one_sends_it_once_a_business_day()
    {
        await using var server = new MailServer();
        await using var one = await Start(server, hour: 0);
        await using var other = await Start(server, hour: 0, connectionString: one.ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(at => Digests(at % 2 == 0 ? one : other).Send(CancellationToken.None)));
        await Sent(server, 2);
        await Digests(other).Send(CancellationToken.None);
        Assert.Equal(["ann@school.example", "ben@school.example"], Recipients(server));

        // The next day.
        await Change(one, "UPDATE digests SET day = day - 1");
        await Task.WhenAll(Digests(one).Send(CancellationToken.None), Digests(other).Send(CancellationToken.None));
        await Sent(server, 4);
        Assert.Equal(4, server.Mails.Count);
    }

    [Fact]
    public async Task What_the_server_cannot_take_now_is_tried_again_under_the_same_id_and_what_was_cut_off_is_not()
    {
        await using var server = new MailServer { Verdict = new SmtpResponse((SmtpReplyCode)451, "later") };
        await using var host = await Start(server, clock: Dawn.AddHours(12));
        await Digests(host).Send(CancellationToken.None);
        await Signals.UntilAsync(async () => (await Rows(host)).Count(row => row.StartsWith("waiting", StringComparison.Ordinal)) == 2);
        var key = (await Rows(host, "key::text"))[0];
        server.Verdict = SmtpResponse.Ok;
        await Digests(host).Send(CancellationToken.None);
        Assert.Empty(server.Mails);
        await Change(host, "UPDATE digests SET due_at = now() WHERE recipient LIKE 'ann%'");
        await Digests(host).Send(CancellationToken.None);
        await Sent(server, 1);
        await Signals.UntilAsync(async () => (await Rows(host))[0] == "sent 2");
        Assert.StartsWith(Guid.Parse(key).ToString("N"), server.Mails.Single().Mail.MessageId, StringComparison.Ordinal);

        await Change(
            host, "UPDATE digests SET status = 'sending', lease_until = now() - interval '1 second' WHERE recipient LIKE 'ben%'");
        await Digests(host).Send(CancellationToken.None);
        Assert.Equal(["sent 2", "uncertain 1"], await Rows(host));
        Assert.Single(server.Mails);
    }

    [Fact]
    public async Task It_is_written_in_Japanese_where_the_setting_says_so()
    {
        await using var server = new MailServer();
        await using var host = await Start(server, clock: Dawn, language: "ja");
        var mail = await Digests(host).Content(new DateOnly(2026, 3, 4), CancellationToken.None);
        Assert.StartsWith("今日の状況 2026-03-04", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("今日と昨日、ステータスが変わった顧客はいません。", mail.Text, StringComparison.Ordinal);
        Assert.Contains("リスクにある金額", mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "7", "en", "LSTEP_DIGEST_TO")]
    [InlineData("ann@school.example,a b@c", "7", "en", "LSTEP_DIGEST_TO")]
    [InlineData("ann@school.example", "24", "en", "LSTEP_DIGEST_HOUR")]
    [InlineData("ann@school.example", "early", "en", "LSTEP_DIGEST_HOUR")]
    [InlineData("ann@school.example", "7", "fr", "LSTEP_DIGEST_LANGUAGE")]
    public void A_setting_that_cannot_be_meant_is_named(string to, string hour, string language, string name)
    {
        var wrong = Assert.Throws<ChannelSettingException>(() => DigestSettings.Read(Variables(1, to, hour, language)));
        Assert.Contains(name, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_mail_server_it_is_refused_and_without_recipients_nobody_gets_it()
    {
        Assert.Contains("LSTEP_SMTP", Assert.Throws<ChannelSettingException>(
            () => DigestSettings.Read(name => name == "LSTEP_DIGEST_TO" ? "ann@school.example" : null)).Message, StringComparison.Ordinal);
        Assert.Empty(DigestSettings.Read(_ => null).Recipients);
    }

    private static Task<LStepHost> Start(
        MailServer server, DateTimeOffset? clock = null, string? zone = null, int hour = 7, string language = "en",
        string? connectionString = null)
    {
        var variable = Variables(server.Port, "ann@school.example, ben@school.example,ann@school.example", $"{hour}", language);
        return LStepHost.Start(clock, connectionString, zone, options => options with
        {
            Channels = ChannelSettings.Read(variable), Digest = DigestSettings.Read(variable), Currency = "EUR",
        });
    }

    private static Func<string, string?> Variables(int port, string to, string hour, string language) => name => name switch
    {
        "LSTEP_SMTP" => $"smtp://127.0.0.1:{port}",
        "LSTEP_MAIL_FROM" => "School <hello@school.example>",
        "LSTEP_DIGEST_TO" => to,
        "LSTEP_DIGEST_HOUR" => hour,
        "LSTEP_DIGEST_LANGUAGE" => language,
        _ => null,
    };

    private static DigestSending Digests(LStepHost host) => host.Services.GetRequiredService<DigestSending>();

    private static Task Sent(MailServer server, int mails) => Signals.Until(() => server.Mails.Count >= mails);

    private static string[] Recipients(MailServer server) =>
        [.. server.Mails.Select(one => ((MailboxAddress)one.Mail.To[0]).Address).Order(StringComparer.Ordinal)];

    private static long Sum(JsonElement today, string field) =>
        today.GetProperty("atRisk").EnumerateArray().Sum(one => one.GetProperty(field).GetInt64());

    private static async Task Set(LStepHost host, string id, string tag)
    {
        using var answer = await host.Client.PutAsync(
            $"/api/customers/{id}/status", JsonContent.Create(new { tag, reason = "by hand" }));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<List<string>> Rows(LStepHost host, string what = "status || ' ' || tries")
    {
        await using var command = host.Database.Source.CreateCommand($"SELECT {what} FROM digests ORDER BY recipient");
        await using var row = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await row.ReadAsync()) rows.Add(row.GetString(0));
        return rows;
    }

    private static async Task Change(LStepHost host, string sql)
    {
        await using var command = host.Database.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
