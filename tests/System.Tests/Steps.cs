using LStep.Domain;
using LStep.Domain.Measuring;

namespace LStep.System.Tests;

/// <summary>Steps as the lifecycle makes them, with nothing decided.</summary>
internal static class Steps
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Activity Login(string messageId, DateTimeOffset? at = null) => new()
    {
        MessageId = messageId,
        Type = ActivityType.Login,
        Event = "Logged In",
        OccurredAt = at ?? Noon,
        ReceivedAt = at ?? Noon,
        Properties = """{"device":"phone"}""",
    };

    /// <summary>A new customer with its first assignment.</summary>
    public static Step First(string customerId, params Activity[] activities)
    {
        var empty = new CustomerState
        {
            CustomerId = customerId, Tag = StatusTag.Active, TagSince = Noon, EvaluatedAt = Noon, Profile = Profile.Empty,
            Governance = Governance.Empty,
        };
        var admitted = Admission.Admit(empty, activities, BusinessCalendar.Utc, Noon);
        return new Step
        {
            Before = null,
            After = admitted.State with { Version = 1, Governance = new Governance { Transitions = 1 } },
            At = Noon,
            Accepted = admitted.Accepted,
            Receipt = admitted.Receipt,
            Transitions = [Move(customerId, 1, null, StatusTag.Active)],
            NextCheckAt = Noon.AddDays(5),
        };
    }

    /// <summary>The next step of a customer; with a tag it moves there.</summary>
    public static Step Next(CustomerState before, StatusTag? to = null, params Activity[] activities)
    {
        var admitted = Admission.Admit(before, activities, BusinessCalendar.Utc, Noon);
        var number = before.Governance.Transitions + 1;
        return new Step
        {
            Before = before,
            After = admitted.State with
            {
                Version = before.Version + 1,
                Tag = to ?? before.Tag,
                Governance = before.Governance with { Transitions = to is null ? number - 1 : number },
            },
            At = Noon.AddMinutes(number),
            Accepted = admitted.Accepted,
            Receipt = admitted.Receipt,
            Transitions = to is null ? [] : [Move(before.CustomerId, number, before.Tag, to.Value)],
            NextCheckAt = Noon.AddDays(5),
        };
    }

    private static Transition Move(string customerId, int number, StatusTag? from, StatusTag to) => new()
    {
        CustomerId = customerId, Number = number, From = from, To = to, At = Noon.AddMinutes(number), DueAt = Noon.AddMinutes(number),
        AssignedBy = "system", Reason = "test", Kind = from is null ? TransitionKind.First : TransitionKind.Automatic,
    };
}
