using LStep.Workbench.Client;

namespace LStep.Workbench.Replay;

/// <summary>How far a replay has come.</summary>
public sealed record ReplayProgress(DateOnly Day, long Messages, long Rejected, int Transitions);

/// <summary>
/// Plays a source day by day on the simulated clock of a server. Playing again what was interrupted comes to the same end:
/// days before the clock are skipped, and what is posted twice is known by its messageId.
/// </summary>
public sealed class ReplayPlayer(LStepClient server, ReplayLedger ledger)
{
    private const int RequestsAtOnce = 4;

    // A message may be at most five minutes ahead of the clock, so noon takes what happens before 12:04:59.
    private static readonly TimeSpan JustBeforeNoon = new(11, 59, 59);
    private static readonly TimeSpan EndOfFirstPart = new(12, 4, 59);

    private ClockAnswer clock = null!;
    private long messages;
    private long rejected;

    public FlaggedLearners Flagged { get; } = new(server);

    /// <summary>The first message the server refused and why, or null.</summary>
    public RejectedMessage? FirstRejected { get; private set; }

    public async Task<ReplayProgress> Play(ReplaySource source, IProgress<ReplayProgress> progress, CancellationToken cancel)
    {
        clock = await server.Clock(cancel)
            ?? throw new InvalidOperationException("This server lives on the wall clock; a replay needs one started with --clock.");
        var at = new ReplayProgress(source.First, 0, 0, 0);
        foreach (var day in source.Days())
        {
            if (clock.Now >= StartOf(day.Date.AddDays(1))) continue;
            await PlayDay(day, cancel);
            if (FlaggedLearners.IsDue(day.Date)) await Flagged.Add(cancel);
            at = new ReplayProgress(day.Date, messages, rejected, await ledger.Read(cancel));
            progress.Report(at);
        }
        return at with { Transitions = await ledger.Read(cancel) };
    }

    public async Task PlayDay(ReplayDay day, CancellationToken cancel)
    {
        var start = StartOf(day.Date);
        await MoveTo(start + JustBeforeNoon, cancel);
        await PostAll(day.Messages.Where(message => message.At < start + EndOfFirstPart), cancel);
        var rest = day.Messages.Where(message => message.At >= start + EndOfFirstPart).ToList();
        if (rest.Count > 0)
        {
            await MoveTo(rest.Max(message => message.At), cancel);
            await PostAll(rest, cancel);
        }
        await MoveTo(clock.NextMidnight, cancel);
    }

    private async Task MoveTo(DateTimeOffset instant, CancellationToken cancel)
    {
        clock ??= await server.Clock(cancel) ?? throw new InvalidOperationException("This server lives on the wall clock.");
        if (instant > clock.Now) clock = await server.MoveClock(instant, cancel);
    }

    private Task PostAll(IEnumerable<SegmentMessage> part, CancellationToken cancel) =>
        Parallel.ForEachAsync(
            Requests.Lanes(part), new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancel },
            async (lane, stop) =>
            {
                foreach (var (body, count) in lane)
                {
                    var refused = await server.PostBatch(body, stop);
                    Interlocked.Add(ref messages, count);
                    Interlocked.Add(ref rejected, refused.Count);
                    if (refused.Count > 0) FirstRejected ??= refused[0];
                }
            });

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
