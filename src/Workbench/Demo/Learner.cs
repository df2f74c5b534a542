using LStep.Domain;
using LStep.Grains.People;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Demo;

/// <summary>One invented learner on the way through the course; it says what it does as messages.</summary>
public sealed class Learner
{
    public const int ModulesInCourse = 10;
    private const int LessonsInModule = 6;

    // Of the streams of chance: what is drawn for money moves nothing else.
    private const int FirstPurse = -1_000;

    private static readonly string[] GivenNames =
    [
        "Aiko", "Amara", "Ana", "Ben", "Camille", "Chen", "Daniel", "Elif", "Emma", "Farah", "Felix", "Hana", "Haruto", "Ines", "Isaac",
        "Jonas", "Julia", "Kenji", "Lea", "Liam", "Lucia", "Maya", "Mei", "Miguel", "Mina", "Noah", "Nora", "Olga", "Omar", "Priya", "Ravi",
        "Rosa", "Sakura", "Samir", "Sofia", "Tariq", "Theo", "Yuki", "Zara", "Zoe",
    ];

    private static readonly string[] FamilyNames =
    [
        "Adeyemi", "Bauer", "Costa", "Dubois", "Eriksson", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kaya", "Kim", "Kobayashi",
        "Lopez", "Martin", "Mori", "Moreau", "Nakamura", "Novak", "Okafor", "Park", "Patel", "Rossi", "Sato", "Schmidt", "Silva", "Singh",
        "Suzuki", "Tanaka", "Virtanen", "Walker", "Wang", "Yamamoto", "Young",
    ];

    private static readonly string[] Zones = [
        "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Europe/London", "Asia/Kolkata", "America/Sao_Paulo"];
    private static readonly string[] Pages = ["Course home", "Calendar", "Library", "My progress", "Community", "Help"];
    private static readonly string[] Features = [
        "flashcards", "notes", "playground", "search", "peer-review", "calendar-sync", "captions", "certificates", "mentor-chat", "goals"];
    private static readonly string[] Words = [
        "Comment Made", "Comment Made", "Question Asked", "Answer Given", "Answer Given", "Forum Post Created"];

    private static readonly int[] ProPrices = [29, 49, 49, 79], EnterprisePrices = [290, 490, 990];

    private readonly SegmentWriter writer;
    private readonly ulong seed;
    private readonly string name;
    private readonly string tier;
    private readonly decimal ltv;
    private readonly string timezone;
    private readonly int price;
    private readonly bool mobile;
    private int said;
    private int lessons;
    private int modules;
    private bool hasCancelled;

    public Learner(int number, ulong seed, DateOnly joins, SegmentWriter writer)
    {
        var chance = Chance.Of(seed, number, -1);
        (this.writer, this.seed) = (writer, seed);
        Number = number;
        Id = $"learner-{number:0000}";
        Joins = joins;
        Archetype = Archetype.At(chance.Between(0, 99));
        name = $"{chance.Of(GivenNames)} {chance.Of(FamilyNames)}";
        var draw = chance.Between(0, 99);
        (tier, ltv) = draw < Archetype.Tiers.Freemium ? ("Freemium", 0m)
            : draw < Archetype.Tiers.Freemium + Archetype.Tiers.Pro ? ("Pro", 50m * chance.Between(8, 60))
            : ("Enterprise", 500m * chance.Between(8, 40));
        timezone = chance.Of(Zones);
        mobile = chance.Happens(0.3);
        price = chance.Of(tier == "Pro" ? ProPrices : EnterprisePrices);
    }

    public int Number { get; }
    public string Id { get; }
    public DateOnly Joins { get; }
    public Archetype Archetype { get; }
    public string Tier => tier;
    public bool HasFinished => modules >= ModulesInCourse;

    public SegmentMessage Enrol(DateTimeOffset at) => writer.Identify(NextId(), Id, at, json =>
    {
        json.WriteString("name", name);
        json.WriteString("email", $"{name.ToLowerInvariant().Replace(' ', '.')}.{Number}@example.com");
        json.WriteString("tier", tier);
        json.WriteNumber("ltv", ltv);
        json.WriteString("createdAt", MessageTime.Text(at));
        json.WriteString("timezone", timezone);
        json.WriteString("cohort", Archetype.Name);
        if (tier == "Freemium") json.WriteBoolean("trial", true);
    });

    public SegmentMessage LogIn(DateTimeOffset at) => Track(at, "Logged In");

    /// <summary>The next thing in a session: usually one message, at the end of a module three.</summary>
    public IEnumerable<SegmentMessage> Step(Chance chance, DateTimeOffset at)
    {
        if (chance.Happens(Archetype.Talk)) return [Track(at, chance.Of(Words))];
        if (!HasFinished && chance.Happens(Archetype.Lessons)) return Learn(chance, at);
        return chance.Between(0, 3) switch
        {
            0 => [Track(at, "Feature Used", ("featureId", chance.Of(Features)))],
            1 => [Track(at, "Video Played", ("contentId", $"video-{modules + 1}-{chance.Between(1, 9)}"))],
            _ => [writer.Page(NextId(), Id, at, chance.Of(Pages), null, mobile)],
        };
    }

    /// <summary>Money, opinions and troubles; rare.</summary>
    public IEnumerable<SegmentMessage> Business(Chance chance, int daysSinceJoining, DateTimeOffset at)
    {
        if (tier != "Freemium" && daysSinceJoining % 30 == 3)
        {
            var fails = chance.Happens(0.06);
            var purse = Chance.Of(seed, Number, FirstPurse - daysSinceJoining);
            if (!hasCancelled && purse.Happens(Cancels(daysSinceJoining)))
            {
                hasCancelled = true;
                yield return Track(at, "Subscription Cancelled");
            }
            // Of those who cancelled a few come back.
            else if (hasCancelled) hasCancelled = !purse.Happens(0.008);
            if (!hasCancelled) yield return Track(at, fails ? "Payment Failed" : "Payment Succeeded", amount: price);
        }
        if (daysSinceJoining % 90 == 60 && chance.Happens(0.5))
            yield return Track(
                at.AddMinutes(1), "NPS Submitted", score: Math.Clamp((int)Math.Round(chance.Around(Archetype.Score / 10, 1.5)), 0, 10));
        if (chance.Happens(0.002)) yield return Track(at.AddMinutes(2), "Support Ticket Opened");
    }

    /// <summary>Whoever is hardly there any more is likelier to stop paying at the next month.</summary>
    private double Cancels(int daysSinceJoining) =>
        Archetype.Presence(daysSinceJoining, DayOfWeek.Wednesday) + Archetype.Presence(daysSinceJoining, DayOfWeek.Saturday) < 0.15
            ? 0.22 : 0.025;

    /// <summary>A lesson; the sixth ends its module with an assessment, the tenth module the course.</summary>
    private IEnumerable<SegmentMessage> Learn(Chance chance, DateTimeOffset at)
    {
        lessons++;
        yield return Track(at, "Lesson Completed", ("lessonId", $"lesson-{modules + 1}-{lessons}"));
        if (lessons < LessonsInModule) yield break;

        lessons = 0;
        var final = modules + 1 == ModulesInCourse;
        var score = Math.Clamp((int)Math.Round(chance.Around(Archetype.Score, 7)), 5, 100);
        yield return Track(at.AddSeconds(40), "Assessment Taken", ("final", final), score: score);
        if (score < 40) yield break;

        modules++;
        yield return Track(
            at.AddSeconds(50), "Module Completed", ("moduleId", $"module-{modules}"), completion: 100 * modules / ModulesInCourse);
        if (final) yield return Track(at.AddSeconds(60), "Course Completed");
    }

    private SegmentMessage Track(
        DateTimeOffset at, string name, (string Key, object Value)? property = null, int? score = null, int? completion = null,
        int? amount = null) =>
        writer.Track(NextId(), Id, at, name, json =>
        {
            if (property is { Value: string text } named) json.WriteString(named.Key, text);
            if (property is { Value: bool yes } marked) json.WriteBoolean(marked.Key, yes);
            if (score is { } points) json.WriteNumber("score", points);
            if (completion is { } percent) json.WriteNumber("curriculumCompletion", percent);
            if (amount is { } money)
            {
                json.WriteNumber("amount", money);
                json.WriteString("currency", "USD");
            }
        }, mobile);

    private string NextId() => $"{Id}-{++said}";
}
