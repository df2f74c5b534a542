using LStep.Domain.Campaigning;
using LStep.Grains.Campaigns.Channels;

namespace LStep.Campaigns.Tests.Channels;

/// <summary>Messages to send; a test changes what it is about.</summary>
public static class Given
{
    public static readonly Guid Key = new("0197b2c4-5d6e-7f80-9a1b-2c3d4e5f6071");

    public static OutgoingMessage Message(Channel channel, Recipient? to = null, MessageContent? content = null) => new()
    {
        ActionId = 4711,
        Key = Key,
        Channel = channel,
        CustomerId = "learner-1",
        Campaign = "welcome_active_learner",
        Step = 1,
        TransitionId = 99,
        Marketing = true,
        At = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Recipient = to ?? new Recipient(Email: "hanako@learner.example", Name: "Hanako"),
        Content = content ?? new MessageContent(Subject: "Welcome", Text: "Hello Hanako.", Html: "<p>Hello Hanako.</p>"),
    };

    /// <summary>Settings as the environment has them.</summary>
    public static SettingReader Settings(params (string Name, string Value)[] settings) =>
        new(name => settings.FirstOrDefault(setting => setting.Name == name).Value);
}
