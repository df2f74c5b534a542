using System.Text;
using LStep.Grains.Campaigns.Channels.Sink;
using Microsoft.Extensions.DependencyInjection;
using static LStep.System.Tests.Campaigns.ActionLines;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>What no consent, no hour, no cap and no lot takes away.</summary>
public sealed class AlwaysToldTests
{
    private static readonly object Closed = new
    {
        tier = "Enterprise", email = "ada@example.org", name = "Ada Lovelace",
        consent = new { email = false, push = false, in_app = false },
    };

    [Fact]
    public async Task An_enterprise_customer_at_risk_raises_alert_and_task_at_once_at_night_and_opted_out()
    {
        await using var host = await Start(Begin.AddHours(13)); // 23:00
        var ada = Drawn("ada", "personal_check_in", heldOut: true);
        await host.Come(ada, Closed);
        await host.Put(ada, "ST_004");
        Assert.Equal(["cs_alert 1 sent"], await host.Lines(ada, "cs_alert"));
        Assert.Equal(["immediate_csm_intervention 1 sent"], await host.Lines(ada, "immediate_csm_intervention"));
        Assert.Equal(
            ["customer_success urgent 24"],
            await host.Sql("SELECT assignee, priority, extract(epoch FROM due_at - created_at)::int / 3600 FROM campaign_tasks"));
        Assert.Contains(host.Services.GetRequiredService<SinkMailbox>().Messages, one => one.Campaign == "cs_alert");
    }

    [Fact]
    public async Task A_master_gets_the_certificate_at_once_at_night_and_opted_out()
    {
        await using var host = await Start(Begin.AddHours(13));
        await host.Come("ada", Closed);
        await host.Put("ada", "ST_003");
        Assert.Equal(["mastery_achievement 1 sent"], await host.Lines("ada", "mastery_achievement"));
        Assert.Equal(["ppal_expert_badge 1 sent"], await host.Lines("ada", "ppal_expert_badge"));
        Assert.Equal(["expert_opportunities 1 suppressed opted_out"], await host.Lines("ada", "expert_opportunities"));
        var mail = host.Services.GetRequiredService<SinkMailbox>().Messages.Single(one => one.Campaign == "mastery_achievement");
        var mime = Encoding.UTF8.GetString(mail.Mime!);
        Assert.Contains("application/pdf", mime, StringComparison.Ordinal);
        Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", mime, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_of_a_high_value_customer_raises_alert_and_task_as_it_opens_and_calls_again_after_24_and_72_hours()
    {
        await using var host = await Start();
        await host.Post(Identify("ada", Begin, Closed), Track("ada", "Lesson Completed", Begin, new { lessonId = "a" }));
        await host.MoveClock(Begin.AddDays(3).AddMinutes(1));
        var review = (await host.Get("/api/reviews?status=open")).GetProperty("items")[0];
        Assert.Contains("high_value_at_risk", review.GetProperty("reasons").EnumerateArray().Select(one => one.GetString()));
        var opened = review.Instant("openedAt")!.Value;
        Assert.Equal([("cs_alert", "sent", 0), ("immediate_csm_intervention", "sent", 0)], await OfReviews());

        await host.MoveClock(opened.AddHours(24).AddMilliseconds(-1));
        Assert.Equal(2, (await OfReviews()).Count);
        await host.MoveClock(opened.AddHours(24));
        Assert.Equal([("review_waiting", "sent", 24)], (await OfReviews())[2..]);
        await host.MoveClock(opened.AddHours(73));
        Assert.Equal([("review_waiting", "sent", 24), ("review_waiting", "sent", 72)], (await OfReviews())[2..]);
        // Nobody decided, and the move is made: alert and task were raised three days before.
        Assert.Equal("ST_004", (await host.Get("/api/customers/ada")).Text("tag"));
        Assert.Equal(2, (await host.Lines("ada", "cs_alert")).Count);
        Assert.Equal(["1"], await host.Sql("SELECT count(*) FROM campaign_tasks"));

        async Task<List<(string, string, int)>> OfReviews() =>
        [
            .. (await host.Actions("ada")).Where(one => one.Text("transitionId").Length == 0).Select(one => (
                one.Text("campaign"), one.Text("status"), (int)(one.Instant("sentAt") - opened)!.Value.TotalHours)),
        ];
    }
}
