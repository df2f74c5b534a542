using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace LStep.Workbench.Bench.Ingest;

/// <summary>
/// For how long a process of .NET stood still for its garbage collector, as its runtime tells by its diagnostic port: from the moment
/// it begins to suspend its threads until all of them run again.
/// </summary>
internal sealed class GcPauses : IDisposable
{
    private const int BufferMegabytes = 16;

    private readonly EventPipeSession session;
    private readonly EventPipeEventSource source;
    private readonly List<double> milliseconds = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Task reading;

    private GcPauses(EventPipeSession session)
    {
        this.session = session;
        source = new EventPipeEventSource(session.EventStream);
        var began = double.NaN;
        source.Clr.GCSuspendEEStart += suspended =>
        {
            if (suspended.Reason is GCSuspendEEReason.SuspendForGC or GCSuspendEEReason.SuspendForGCPrep)
                began = suspended.TimeStampRelativeMSec;
        };
        source.Clr.GCRestartEEStop += restarted =>
        {
            if (!double.IsNaN(began)) milliseconds.Add(restarted.TimeStampRelativeMSec - began);
            began = double.NaN;
        };
        reading = Task.Run(source.Process);
    }

    /// <summary>Until it is asked what it saw.</summary>
    public static async Task<GcPauses> Watch(int process, CancellationToken cancel) => new(
        await new DiagnosticsClient(process).StartEventPipeSessionAsync(
            [new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)ClrTraceEventParser.Keywords.GC)],
            requestRundown: false, BufferMegabytes, cancel));

    /// <summary>Ends the watch.</summary>
    public async Task<PauseFigures> Seen(CancellationToken cancel)
    {
        var took = watch.Elapsed;
        await session.StopAsync(cancel);
        await reading;
        return new PauseFigures(
            milliseconds.Count, milliseconds.Sum() / took.TotalMilliseconds, milliseconds.DefaultIfEmpty(0).Max());
    }

    public void Dispose()
    {
        session.Dispose();
        source.Dispose();
    }
}

/// <param name="Share">Of the time that was watched, 0 to 1.</param>
internal sealed record PauseFigures(int Count, double Share, double LongestMs);
