using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LStep.Grains;

/// <summary>
/// What operations counts and times. docs/metrics.md explains each name. While nobody listens an Add is a branch; while somebody does it
/// allocates nothing. Never a customer's id, name or key: attributes are of small, closed sets.
/// </summary>
public static class Telemetry
{
    public const string Name = "LStep";

    private static readonly Meter Meter = new(Name);

    /// <summary>Spans of work that no request carries.</summary>
    public static readonly ActivitySource Spans = new(Name);

    private static readonly Counter<long> Activities = Meter.CreateCounter<long>(
        "lstep.ingest.activities", "{activity}", "Activities answered, by outcome: accepted, duplicate or rejected");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "lstep.ingest.refusals", "{request}", "Requests of the ingest that were not taken, by reason: the problem's code");
    private static readonly Counter<long> Hooks = Meter.CreateCounter<long>(
        "lstep.hooks.events", "{event}", "Events of other platforms' webhooks, by source and outcome: mapped, ignored or failed");
    private static readonly Counter<long> Evaluations = Meter.CreateCounter<long>(
        "lstep.evaluations", "{evaluation}", "Evaluations, by cause: activity, time, asked, or row for those made in bulk from the rows");
    private static readonly Counter<long> Transitions = Meter.CreateCounter<long>(
        "lstep.transitions", "{transition}", "Tags moved by this process, by from and to");
    private static readonly Counter<long> StepsFencedOut = Meter.CreateCounter<long>(
        "lstep.journal.steps.fenced_out", "{step}", "Steps that found their customer moved on by another process, and were decided again");
    private static readonly Histogram<double> CommitDuration = Meter.CreateHistogram(
        "lstep.journal.commit.duration", "s", "Round trip of one commit of the journal", null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });
    private static readonly Histogram<int> CommitSteps = Meter.CreateHistogram(
        "lstep.journal.commit.steps", "{step}", "Steps in one commit of the journal", null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000] });
    private static readonly Counter<long> Tries = Meter.CreateCounter<long>(
        "lstep.actions.tries", "{try}", "Actions given to their channel, by channel and outcome: sent, again, failed or uncertain");
    private static readonly Counter<long> UnreadableRows = Meter.CreateCounter<long>(
        "lstep.customers.unreadable", "{call}", "Calls for customers whose row cannot be read; GET /api/rejected names them");
    private static readonly UpDownCounter<int> Resident = Meter.CreateUpDownCounter<int>(
        "lstep.customers.resident", "{customer}", "Customers in this process's memory");

    public static void Answered(int accepted, int duplicate, int rejected)
    {
        if (accepted > 0) Activities.Add(accepted, new KeyValuePair<string, object?>("outcome", "accepted"));
        if (duplicate > 0) Activities.Add(duplicate, new KeyValuePair<string, object?>("outcome", "duplicate"));
        if (rejected > 0) Activities.Add(rejected, new KeyValuePair<string, object?>("outcome", "rejected"));
    }

    public static void Refused(string reason) => Refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public static void Hooked(string source, int mapped, int ignored, int failed)
    {
        foreach (var (outcome, events) in new[] { ("mapped", mapped), ("ignored", ignored), ("failed", failed) })
            if (events > 0) Hooks.Add(
                events, new KeyValuePair<string, object?>("source", source), new KeyValuePair<string, object?>("outcome", outcome));
    }

    public static void Evaluated(string cause, int count = 1) => Evaluations.Add(count, new KeyValuePair<string, object?>("cause", cause));

    public static void Moved(StatusTag? from, StatusTag to) =>
        Transitions.Add(
            1, new KeyValuePair<string, object?>("from", from?.Code() ?? "none"), new KeyValuePair<string, object?>("to", to.Code()));

    public static void FencedOut(int steps) => StepsFencedOut.Add(steps);

    public static void Committed(int steps, TimeSpan took)
    {
        CommitDuration.Record(took.TotalSeconds);
        CommitSteps.Record(steps);
    }

    public static void Tried(string channel, string outcome) => Tries.Add(
        1, new KeyValuePair<string, object?>("channel", channel), new KeyValuePair<string, object?>("outcome", outcome));

    public static void Unreadable() => UnreadableRows.Add(1);

    public static void Came() => Resident.Add(1);

    public static void Left() => Resident.Add(-1);
}
