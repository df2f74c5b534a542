using LStep.Api.Customers;
using LStep.Domain;
using LStep.Workbench.Demo;
using LStep.Workbench.Replay;
using LStep.Workbench.Simulation;

namespace LStep.Workbench.Faults;

/// <summary>What an audit asks for.</summary>
public readonly record struct KnownId(string Customer, string Message);

/// <summary>
/// Requests whose every message is known by its id, the same for the same seed and number. Customers come one after another; some
/// progress, some fail their assessments, and some have been silent for so long that within minutes time alone moves them.
/// </summary>
public sealed class KnownMessages(ulong seed, int customers, int requestsPlanned)
{
    public const int PerRequest = 20;

    private static readonly (int From, int To) SilenceSeconds = (10, 120);
    private static readonly (int From, int To) SleepSeconds = (5, 60);
    private static readonly string[] Events = [
        "Lesson Completed", "Feature Used", "Video Played", "Comment Made", "Question Asked", "Logged In"];

    private enum Path { Declining, ValuableAndSilent, Progressing, Failing, Ordinary }

    public static string Customer(int number) => $"known-{number:00000}";

    /// <summary>How many customers were named by the requests up to a number.</summary>
    public int KnownAfter(int request) => (int)Math.Clamp((long)customers * request / requestsPlanned, 1, customers);

    /// <param name="number">From 1 on.</param>
    public IReadOnlyList<(KnownId Id, SegmentMessage Message)> Request(int number, DateTimeOffset now)
    {
        var (chance, writer) = (Chance.Of(seed, number, 0), new SegmentWriter());
        var (before, after) = (number == 1 ? 0 : KnownAfter(number - 1), KnownAfter(number));
        var said = new List<(KnownId, SegmentMessage)>(PerRequest);
        for (var customer = before; customer < after && said.Count < PerRequest; customer++)
            foreach (var introduce in Introduction(PathOf(customer), chance, now, SilenceSeconds)) Say(customer, introduce);
        while (said.Count < PerRequest) Say(chance.Between(0, after - 1), Something);
        return said;

        void Say(int customer, Func<SegmentWriter, string, string, SegmentMessage> say)
        {
            var id = new KnownId(Customer(customer), $"k-{seed}-{number}-{said.Count}");
            said.Add((id, say(writer, id.Message, id.Customer)));
        }

        SegmentMessage Something(SegmentWriter to, string message, string customer) => PathOf(customer) switch
        {
            // Their silence is not broken: a payment is nothing that a learner does.
            Path.Declining or Path.ValuableAndSilent => to.Track(message, customer, now, "Payment Succeeded", null),
            Path.Failing when chance.Happens(0.5) => Assessment(to, message, customer, now, chance.Between(10, 100)),
            _ => to.Track(message, customer, now.AddMinutes(-chance.Between(0, 90)), chance.Of(Events), json => json.WriteString(
                "featureId", $"feature-{chance.Between(1, 12)}")),
        };
    }

    /// <summary>Customers who will say nothing more: time alone moves them, in the course of the next minute.</summary>
    public static IReadOnlyList<(KnownId Id, SegmentMessage Message)> Sleepers(ulong seed, int count, DateTimeOffset now)
    {
        var (chance, writer) = (Chance.Of(seed, 0, 0), new SegmentWriter());
        return [
            .. Enumerable.Range(0, count).SelectMany(number => Introduction(Path.Declining, chance, now, SleepSeconds).Select((say, part) =>
        {
            var id = new KnownId($"asleep-{number:00000}", $"asleep-{seed}-{number}-{part}");
            return (id, say(writer, id.Message, id.Customer));
        }))];
    }

    /// <summary>A payment of some customers: it needs a commit of each, and changes nobody's status.</summary>
    public static IReadOnlyList<(KnownId Id, SegmentMessage Message)> Payments(string round, IEnumerable<int> of, DateTimeOffset now)
    {
        var writer = new SegmentWriter();
        return [.. of.Select(customer => new KnownId(Customer(customer), $"{round}-{customer}")).Select(
            id => (id, writer.Track(id.Message, id.Customer, now, "Payment Succeeded", null)))];
    }

    private static Path PathOf(int customer) => (customer % 8) switch
    {
        0 or 1 => Path.Declining,
        2 => Path.ValuableAndSilent,
        3 or 4 => Path.Progressing,
        5 => Path.Failing,
        _ => Path.Ordinary,
    };

    private static Path PathOf(string customer) => PathOf(int.Parse(customer.AsSpan("known-".Length)));

    private static IEnumerable<Func<SegmentWriter, string, string, SegmentMessage>> Introduction(
        Path path, Chance chance, DateTimeOffset now, (int From, int To) seconds)
    {
        // Rules look at whole days of silence: the instant at which the last one is full comes while the run goes on.
        var full = now.AddSeconds(chance.Between(seconds.From, seconds.To));
        return path switch
        {
            Path.Declining => [Profile("Pro", 1_200, full.AddDays(-5)), Event("Logged In", full.AddDays(-5)), Event(
                "Lesson Completed", full.AddDays(-5).AddSeconds(-40))],
            Path.ValuableAndSilent => [Profile("Enterprise", 8_000, full.AddDays(-3)), Event("Lesson Completed", full.AddDays(-3))],
            // They are sent a mail: its receiver counts it.
            Path.Progressing => [Address(now.AddMinutes(-51)), Event("Module Completed", now.AddMinutes(-50)), Event(
                "Module Completed", now.AddMinutes(-20)), (to, id, who) => Assessment(to, id, who, now.AddMinutes(-5), 80)],
            Path.Failing => [(to, id, who) => Assessment(to, id, who, now.AddMinutes(-9), 20), (to, id, who) => Assessment(
                to, id, who, now.AddMinutes(-4), 30)],
            _ => [Event("Logged In", now.AddMinutes(-30))],
        };

        static Func<SegmentWriter, string, string, SegmentMessage> Event(string name, DateTimeOffset at) => (to, id, who) =>
            to.Track(id, who, at, name, null);

        static Func<SegmentWriter, string, string, SegmentMessage> Address(DateTimeOffset at) => (to, id, who) =>
            to.Identify(id, who, at, json => json.WriteString("email", $"{who}@receiver.example"));

        static Func<SegmentWriter, string, string, SegmentMessage> Profile(string tier, decimal value, DateTimeOffset since) =>
            (to, id, who) => to.Identify(id, who, since, json =>
        {
            json.WriteString("tier", tier);
            json.WriteNumber("ltv", value);
            json.WriteString("createdAt", MessageTime.Text(since));
        });
    }

    private static SegmentMessage Assessment(SegmentWriter to, string message, string customer, DateTimeOffset at, int score) =>
        to.Track(message, customer, at, "Assessment Taken", json => json.WriteNumber("score", score));
}
