using System.Buffers;
using LStep.Api.Customers;
using LStep.Workbench.Demo;
using LStep.Workbench.Replay;

namespace LStep.Workbench.Bench;

/// <summary>Messages of many customers with a skewed spread: an eighth of them says half of it. The same seed says the same.</summary>
public sealed class BenchLoad(int customers, DateTimeOffset now, ulong seed = 1)
{
    private static readonly string[] Events = ["Lesson Completed", "Feature Used", "Video Played", "Comment Made", "Logged In"];

    private readonly Chance chance = new(seed);
    private readonly SegmentWriter writer = new();
    private long said;

    public static string Customer(int number) => $"bench-{number:000000}";

    public SegmentMessage Next()
    {
        // The cube of a share: the busiest says 2% of everything, the quietest a thousandth of its even share.
        var share = chance.Share();
        return Of((int)(share * share * share * customers));
    }

    public SegmentMessage Of(int customer) => Of(customer, now.AddSeconds(-chance.Between(0, 3_600)));

    public SegmentMessage Of(int customer, DateTimeOffset at)
    {
        said++;
        return chance.Happens(0.4)
            ? writer.Page($"b-{seed}-{said}", Customer(customer), at, "Course home", json => json.WriteString("path", "/course/7"))
            : writer.Track($"b-{seed}-{said}", Customer(customer), at, chance.Of(Events), json =>
            {
                json.WriteString("lessonId", $"lesson-{chance.Between(1, 60)}");
                json.WriteString("featureId", $"feature-{chance.Between(1, 12)}");
            });
    }

    /// <summary>The next messages as the body of one batch, in the order they were said.</summary>
    public static byte[] Batch(IEnumerable<SegmentMessage> messages)
    {
        var body = new ArrayBufferWriter<byte>(128 * 1024);
        body.Write("{\"batch\":["u8);
        var first = true;
        foreach (var message in messages)
        {
            if (!first) body.Write(","u8);
            first = false;
            body.Write(message.Json.Span);
        }
        body.Write("]}"u8);
        return body.WrittenSpan.ToArray();
    }

    public IEnumerable<SegmentMessage> Many(int count) => Enumerable.Range(0, count).Select(_ => Next());
}
