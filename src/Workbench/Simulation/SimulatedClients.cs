using LStep.Api.Customers;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Simulation;

/// <summary>A message that a client made once and sends until it is acknowledged.</summary>
internal sealed class Message(string customer, Activity activity, DateTimeOffset madeAt)
{
    public string Customer { get; } = customer;

    public Activity Activity { get; } = activity;

    public DateTimeOffset MadeAt { get; } = madeAt;

    public bool IsAcknowledged { get; set; }
}

/// <summary>The clients: they make messages out of order, send some of them twice, and repeat what was not acknowledged.</summary>
internal sealed class SimulatedClients(Chance chance, SimulatedTime time, SimulationSettings settings)
{
    /// <summary>
    /// A live message is known for 48 h; clients give up before, by their own clocks. An import may come again at any time.
    /// </summary>
    private const int HoursUntilGivenUp = 40;
    private const int MessagesPerFlood = 1_700;

    private static readonly ActivityType[] Types =
    [
        ActivityType.Login, ActivityType.Login, ActivityType.PageView, ActivityType.PageView, ActivityType.FeatureUse,
        ActivityType.FeatureUse, ActivityType.VideoPlay, ActivityType.LessonCompleted, ActivityType.LessonCompleted,
        ActivityType.AssessmentTaken, ActivityType.ModuleCompleted, ActivityType.ForumPost, ActivityType.Answer, ActivityType.NpsResponse,
        ActivityType.SupportTicket, ActivityType.PaymentFailed, ActivityType.Identify,
    ];

    private readonly List<Message> made = [];

    public IReadOnlyList<Message> Made => made;

    public string Somebody() => $"customer-{chance.Between(1, settings.Customers)}";

    /// <summary>New messages of one customer; now and then with old ones among them.</summary>
    public List<Message> Speak()
    {
        var customer = Somebody();
        var flood = settings.IsBusy && customer == "customer-1" && chance.Happens(0.2);
        var import = settings.Imports && chance.Happens(0.2);
        var messages = Enumerable.Range(0, flood ? MessagesPerFlood : chance.Between(1, 5)).Select(_ => Make(customer, import)).ToList();
        if (chance.Happens(0.3)) messages.AddRange(Again(customer).Where(_ => chance.Happens(0.2)).Take(5));
        if (chance.Happens(0.1)) messages.Add(messages[0]);
        return messages;
    }

    /// <summary>What one customer still has to be told about, or null.</summary>
    public List<Message>? Retry(bool all = false)
    {
        var waiting = made.FindAll(message => !message.IsAcknowledged && MayComeAgain(message));
        if (waiting.Count == 0) return null;
        var customer = chance.Of(waiting).Customer;
        return waiting.FindAll(message => message.Customer == customer && (all || chance.Happens(0.7))) is { Count: > 0 } some ? some
            : null;
    }

    private IEnumerable<Message> Again(string customer) => made.Where(message => message.Customer == customer && MayComeAgain(message));

    private bool MayComeAgain(Message message) =>
        message.Activity.Origin == ActivityOrigin.Import || time.Now - message.MadeAt < TimeSpan.FromHours(HoursUntilGivenUp);

    private Message Make(string customer, bool import)
    {
        var type = chance.Of(Types);
        var late = chance.Happens(0.7) ? chance.Between(0, 60_000) : chance.Between(0, chance.Of([3_600_000, 86_400_000, 864_000_000]));
        var at = time.Now.AddMilliseconds(-late).AddDays(import ? -chance.Between(0, 60) : 0);
        var activity = new Activity
        {
            MessageId = $"m{made.Count + 1}", Type = type, Event = type.ToString(), OccurredAt = at, ReceivedAt = at,
            Origin = import ? ActivityOrigin.Import : ActivityOrigin.Live,
            Subject = type is ActivityType.FeatureUse or ActivityType.LessonCompleted or ActivityType.ModuleCompleted
                ? $"s{chance.Between(1, 9)}" : null,
            Score = type switch { ActivityType.AssessmentTaken => chance.Between(20, 100), ActivityType.NpsResponse => chance.Between(
                0, 10), _ => null },
            Final = type == ActivityType.AssessmentTaken && chance.Happens(0.3),
            CurriculumCompletion = type == ActivityType.ModuleCompleted ? chance.Between(0, 100) : null,
            Properties = type == ActivityType.Identify ? Traits() : "{}",
        };
        made.Add(new Message(customer, activity, time.Now));
        return made[^1];
    }

    private string Traits() => chance.Between(0, 3) switch
    {
        0 => $$"""{"tier":"{{chance.Of(["Freemium", "Pro", "Enterprise"])}}","ltv":{{chance.Of([0, 1_200, 8_000])}}}""",
        1 => $$"""{"enrolledAt":"{{time.Now.AddDays(-chance.Between(0, 50)):O}}"}""",
        2 => $$"""{"email":"m{{made.Count}}@example.com","plan":{"since":{{chance.Between(1, 99)}} },"consent":{"push":{{chance.Of(["true", "false"])}} } }""",
        _ => """{"plan":null,"name":"Ada"}""",
    };
}
