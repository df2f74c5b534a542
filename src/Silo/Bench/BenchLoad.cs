using LStep.Silo.Demo;
using LStep.Silo.Replay;

namespace LStep.Silo.Bench;

/// <summary>Messages of many customers with a skewed spread: a tenth of them says most of it. The same seed says the same.</summary>
public sealed class BenchLoad(int customers, DateTimeOffset now, ulong seed = 1)
{
    private static readonly string[] Events = ["Lesson Completed", "Feature Used", "Video Played", "Comment Made", "Logged In"];

    private readonly Chance chance = new(seed);
    private readonly SegmentWriter writer = new();
    private long said;

    public static string Customer(int number) => $"bench-{number:000000}";

    public SegmentMessage Next()
    {
        // The cube of a share: half of all messages come from the first eighth of the customers.
        var share = chance.Share();
        return Of((int)(share * share * share * customers));
    }

    public SegmentMessage Of(int customer)
    {
        said++;
        var at = now.AddSeconds(-chance.Between(0, 3_600));
        return chance.Happens(0.4)
            ? writer.Page($"b-{seed}-{said}", Customer(customer), at, "Course home", json => json.WriteString("path", "/course/7"))
            : writer.Track($"b-{seed}-{said}", Customer(customer), at, chance.Of(Events), json =>
            {
                json.WriteString("lessonId", $"lesson-{chance.Between(1, 60)}");
                json.WriteString("featureId", $"feature-{chance.Between(1, 12)}");
            });
    }

    public IEnumerable<SegmentMessage> Many(int count) => Enumerable.Range(0, count).Select(_ => Next());
}
