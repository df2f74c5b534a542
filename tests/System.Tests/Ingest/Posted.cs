using System.Text;
using LStep.Api.Ingest;
using LStep.Grains;

namespace LStep.System.Tests.Ingest;

/// <summary>Messages as a client posts them, read as the server reads them at a fixed instant.</summary>
internal static class Posted
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    public static Reception Live => new(Now, ActivityOrigin.Live, Simulated: false, Counting());
    public static Reception Import => Live with { Origin = ActivityOrigin.Import };
    public static Reception Simulated => Live with { Simulated = true };

    public static ParsedEvent One(string json, Reception? reception = null) =>
        MessageParser.Parse(Encoding.UTF8.GetBytes(json), reception ?? Live);

    public static Activity Taken(string json, Reception? reception = null)
    {
        var parsed = One(json, reception);
        Assert.Null(parsed.Refusal);
        return parsed.Activity!;
    }

    public static ParsedEvent[] Batch(string json, Reception? reception = null) => Batch(Encoding.UTF8.GetBytes(json), reception);

    public static ParsedEvent[] Batch(byte[] body, Reception? reception = null) =>
        ParsedRequest.Read(body, Envelope.ReadBatch(body), reception ?? Live);

    /// <summary>A track of learner u1 with properties and perhaps more.</summary>
    public static string Track(string name, string properties = "{}", string more = "") =>
        $$"""{"type":"track","userId":"u1","messageId":"m1","event":"{{name}}","properties":{{properties}}{{more}}}""";

    /// <summary>Ids that come out the same in every run.</summary>
    public static Ids Counting()
    {
        var count = 0;
        return new Ids(() => new Guid(++count, 0, 0, new byte[8]));
    }
}
