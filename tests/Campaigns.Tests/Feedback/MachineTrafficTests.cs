using LStep.Domain.Campaigning;

namespace LStep.Campaigns.Tests.Feedback;

public sealed class MachineTrafficTests
{
    private const string Person =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36";
    private const string AppleMail = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
    private const string Gmail = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

    [Theory]
    [InlineData(MessageEvent.Opened, Person, null)]
    [InlineData(MessageEvent.Clicked, Person, null)]
    [InlineData(MessageEvent.Opened, AppleMail, null)]
    [InlineData(MessageEvent.Opened, null, null)]
    [InlineData(MessageEvent.Opened, "Mozilla/5.0", "agent")]
    [InlineData(MessageEvent.Opened, Gmail, "agent")]
    [InlineData(MessageEvent.Opened, "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html", "agent")]
    [InlineData(MessageEvent.Clicked, "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))", "agent")]
    [InlineData(MessageEvent.Clicked, "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "agent")]
    [InlineData(MessageEvent.Clicked, "Mozilla/5.0 (X11; Linux x64) HeadlessChrome/131.0", "agent")]
    [InlineData(MessageEvent.Clicked, "Googlebot/2.1 (+http://www.google.com/bot.html)", "agent")]
    public void Known_agents_are_told_from_people(MessageEvent what, string? agent, string? rule) =>
        Assert.Equal(rule, MachineTraffic.Judge(new MessageHit(what, Channel.Email, agent))?.Name);

    /// <summary>Through an image proxy nobody clicks: who follows a link shows its own browser.</summary>
    [Fact]
    public void A_proxy_of_images_says_nothing_about_clicks() =>
        Assert.Null(MachineTraffic.Judge(new MessageHit(MessageEvent.Clicked, Channel.Email, Gmail)));

    [Theory]
    [InlineData(MessageEvent.Opened, Channel.Email, 0, "too_soon")]
    [InlineData(MessageEvent.Clicked, Channel.Email, 4_999, "too_soon")]
    [InlineData(MessageEvent.Clicked, Channel.Email, 5_000, null)]
    [InlineData(MessageEvent.Clicked, Channel.Push, 100, null)]
    [InlineData(MessageEvent.Opened, Channel.Email, -50, "too_soon")]
    public void Nobody_reads_a_mail_within_seconds_of_its_send(MessageEvent what, Channel channel, int ms, string? rule) =>
        Assert.Equal(
            rule, MachineTraffic.Judge(new MessageHit(what, channel, Person, SinceSent: TimeSpan.FromMilliseconds(ms)))?.Name);

    [Theory]
    [InlineData(0, "many_links")]
    [InlineData(999, "many_links")]
    [InlineData(-999, "many_links")]
    [InlineData(1_000, null)]
    public void Nobody_follows_two_links_within_a_second(int ms, string? rule) => Assert.Equal(rule, MachineTraffic.Judge(new MessageHit(
        MessageEvent.Clicked, Channel.Email, Person, SinceOtherLink: TimeSpan.FromMilliseconds(ms)))?.Name);

    [Fact]
    public void Who_asks_only_whether_it_is_there_or_ahead_of_need_is_a_machine()
    {
        Assert.Equal("head", MachineTraffic.Judge(new MessageHit(MessageEvent.Clicked, Channel.Email, Person, IsHead: true))?.Name);
        Assert.Equal("prefetch", MachineTraffic.Judge(new MessageHit(MessageEvent.Opened, Channel.Email, Person, IsPrefetch: true))?.Name);
    }

    [Fact]
    public void Every_rule_and_every_agent_says_why()
    {
        Assert.All(MachineTraffic.Rules, rule => Assert.EndsWith(".", rule.Why, StringComparison.Ordinal));
        Assert.All(MachineTraffic.Agents, agent => Assert.EndsWith(".", agent.Why, StringComparison.Ordinal));
        Assert.Equal(MachineTraffic.Rules.Count, MachineTraffic.Rules.Select(rule => rule.Name).Distinct().Count());
    }
}
