using LStep.Grains.Campaigns.Channels;
using LStep.Grains.Campaigns.Channels.Sink;
using Microsoft.Extensions.DependencyInjection;
using static LStep.Testing.Messages;

namespace LStep.System.Tests.Campaigns;

/// <summary>From a transition to what a learner and the team get of it.</summary>
public sealed class CampaignFlowTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 3, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_progresses_gets_the_milestone_mail_and_what_was_pending_of_the_tag_before_is_cancelled()
    {
        await using var host = await LStepHost.Start(Begin, with: options => options with { Channels = ChannelSettings.SinkOnly });
        await host.Post(Identify("ada", Begin, new { tier = "Pro", email = "ada@example.org", name = "Ada Lovelace" }));
        await host.Post(
            Track("ada", "Module Completed", Begin, new { moduleId = "a" }, "a"),
            Track("ada", "Module Completed", Begin, new { moduleId = "b" }, "b"),
            Track("ada", "Assessment Taken", Begin, new { score = 90 }, "c"));
        await host.MoveClock(Begin.AddMinutes(1));

        var actions = (await host.Get("/api/actions?customer=ada")).GetProperty("items").EnumerateArray()
            .Select(one => string.Join(
                ' ', new[] { "campaign", "step", "channel", "status", "reason" }.Select(name => $"{one.GetProperty(name)}")));
        // Which of the two tags is planned first, nobody says.
        Assert.Equal(
            new[]
            {
                "welcome_active_learner 1 email cancelled status_changed", "welcome_active_learner 2 email cancelled status_changed",
                "welcome_active_learner 3 email cancelled status_changed", "add_to_beginner_group 1 webhook cancelled status_changed",
                "standard_nurturing 1 email cancelled status_changed", "standard_nurturing 2 email cancelled status_changed",
                "standard_nurturing 3 email cancelled status_changed", "progression_milestone 1 email sent ",
                "unlock_advanced_modules 1 webhook scheduled ", "advanced_features_push 1 push scheduled ",
            }.Order(StringComparer.Ordinal),
            actions.Order(StringComparer.Ordinal));
        var mail = Assert.Single(host.Services.GetRequiredService<SinkMailbox>().Messages);
        Assert.Equal(("progression_milestone", "ada@example.org"), (mail.Campaign, mail.To));
    }
}
