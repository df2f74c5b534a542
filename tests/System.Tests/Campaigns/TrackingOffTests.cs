using System.Net;
using LStep.Grains.Campaigns.Links;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.System.Tests.Campaigns;

/// <summary>An installation that does not track: what mails carry, and what comes by mails that were sent before.</summary>
public sealed class TrackingOffTests
{
    [Fact]
    public async Task Mails_stay_as_they_are_and_what_comes_by_earlier_ones_is_not_recorded()
    {
        await using var tracking = await LStepHost.Start();
        var before = new Recipients(tracking);
        var sent = await before.Sent("untracked");
        var (open, click) = before.Tracked(sent);

        await using var host = await LStepHost.Start(
            connectionString: tracking.ConnectionString,
            with: options => options with { Tracking = false, Addresses = new() { PublicUrl = new Uri("https://l.example/lstep/") } });
        var recipients = new Recipients(host);
        const string Mail = "<body><a href=\"https://school.example/\">A</a></body>";
        var links = host.Services.GetRequiredService<IMessageLinks>();
        Assert.Equal(Mail, links.Tracked(Mail, sent.Customer, sent.Id));
        Assert.StartsWith("https://l.example/lstep/u/", links.Unsubscribe(sent.Customer, sent.Id, sent.Channel).AbsoluteUri);

        using var led = await recipients.Get(click);
        Assert.Equal(HttpStatusCode.Found, led.StatusCode);
        await recipients.Get(open);
        Assert.Empty(await recipients.Counts(sent));
        using var page = await recipients.Get(before.Unsubscribe(sent));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }
}
