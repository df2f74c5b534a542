using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace LStep.Grains;

/// <summary>
/// Tells the log of work that is done again and again and fails: when it begins to, once a minute while it does, and when it goes again.
/// In an outage everything fails at once, many times a second.
/// </summary>
/// <param name="ticks">Milliseconds that go evenly; the machine's where none is given.</param>
public sealed class TroubleLines(Func<long>? ticks = null)
{
    public const int EveryMs = 60_000;

    /// <summary>So long without a failure, and it goes again: where some of it fails and some does not, it has not ended.</summary>
    public const int CalmMs = 10_000;

    /// <summary>Past it all are forgotten.</summary>
    public const int KindsMax = 1_000;

    private readonly Func<long> ticks = ticks ?? (() => Environment.TickCount64);
    private readonly Dictionary<string, Trouble> troubles = new(StringComparer.Ordinal);
    private volatile int count;

    /// <param name="what">The kind of work and that it fails, as a sentence without its end; the reason follows.</param>
    public void Failed(ILogger log, string what, Exception reason)
    {
        if (Unsaid(what) is not { } unsaid) return;
        var more = unsaid == 0 ? "" : $" ({unsaid} more times since it was last told)";
        // A stack of what is known to come says nothing that its first line does not.
        if (TransientFailure.Is(reason) || reason is RefusedByDatabaseException or UnreadableCustomerException)
            log.LogWarning("{What}: {Reason}{More}", what, TextOf(reason), more);
        else log.LogWarning(reason, "{What}: {Reason}{More}", what, reason.Message, more);
    }

    public void Went(ILogger log, string what)
    {
        if (count == 0) return;
        lock (troubles)
        {
            if (!troubles.TryGetValue(what, out var trouble) || ticks() - trouble.LastMs < CalmMs) return;
            troubles.Remove(what);
            count = troubles.Count;
        }
        log.LogInformation("It goes again after: {What}", what);
    }

    /// <summary>Orleans names the grain that a message went to, and with it the customer: of those only the kind is told.</summary>
    private static string TextOf(Exception reason) =>
        reason is OrleansException or TimeoutException ? reason.GetType().Name : reason.Message;

    private int? Unsaid(string what)
    {
        lock (troubles)
        {
            var now = ticks();
            if (!troubles.TryGetValue(what, out var trouble))
            {
                if (troubles.Count >= KindsMax) troubles.Clear();
                troubles[what] = trouble = new Trouble(now - EveryMs);
            }
            count = troubles.Count;
            trouble.LastMs = now;
            if (now - trouble.ToldMs < EveryMs)
            {
                trouble.Unsaid++;
                return null;
            }
            var unsaid = trouble.Unsaid;
            (trouble.ToldMs, trouble.Unsaid) = (now, 0);
            return unsaid;
        }
    }

    private sealed class Trouble(long toldMs)
    {
        public long ToldMs { get; set; } = toldMs;

        public long LastMs { get; set; }

        public int Unsaid { get; set; }
    }
}
