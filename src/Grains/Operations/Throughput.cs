namespace LStep.Grains.Operations;

/// <summary>
/// What this process took of the ingest and how full it was, second by second for an hour. Over even time: a clock that is set changes no
/// rate.
/// </summary>
/// <param name="evenMs">Milliseconds since whenever.</param>
public sealed class Throughput(Func<long> evenMs)
{
    private const int SecondsPerStep = 60;
    private const int SecondsKept = OperationsLimits.MinutesKept * SecondsPerStep;

    private readonly Lock adding = new();
    private readonly Second[] seconds = new Second[SecondsKept];

    /// <summary>Activities, by what became of them.</summary>
    public void Answered(int accepted, int duplicates, int rejected)
    {
        lock (adding)
        {
            ref var second = ref Current();
            (second.Accepted, second.Duplicates, second.Rejected) =
                (second.Accepted + accepted, second.Duplicates + duplicates, second.Rejected + rejected);
        }
    }

    /// <summary>A request of the ingest that was not taken at all.</summary>
    public void Refused()
    {
        lock (adding) Current().Refused++;
    }

    /// <summary>A look at the queues and the live feed; of several in one step the worst is kept.</summary>
    public void Looked(int fullestPercent, int feedSeconds)
    {
        lock (adding)
        {
            ref var second = ref Current();
            (second.Fullest, second.Feed) = (Math.Max(second.Fullest, fullestPercent), Math.Max(second.Feed, feedSeconds));
        }
    }

    /// <summary>The last hour in steps of a minute that end now, the oldest first.</summary>
    public MinutesOfLoad Minutes()
    {
        var minutes = MinutesOfLoad.None();
        lock (adding)
        {
            var now = Now;
            foreach (var second in seconds)
                if (now - second.At is >= 0 and < SecondsKept and var ago && second.At > 0)
                    minutes.Add(OperationsLimits.MinutesKept - 1 - (int)(ago / SecondsPerStep), second);
        }
        return minutes;
    }

    /// <summary>Of which none is 0: that is a place of the ring nothing was written to.</summary>
    private long Now => (evenMs() / 1_000) + 1;

    private ref Second Current()
    {
        var now = Now;
        ref var second = ref seconds[now % SecondsKept];
        if (second.At != now) second = new Second { At = now };
        return ref second;
    }

    internal struct Second
    {
        public long At;
        public int Accepted;
        public int Duplicates;
        public int Rejected;
        public int Refused;
        public int Fullest;
        public int Feed;
    }
}
