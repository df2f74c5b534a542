using System.Collections.Concurrent;
using System.Diagnostics;

namespace LStep.Workbench.Faults;

/// <summary>What the clients of a load saw in a span of time.</summary>
/// <param name="Acknowledged">Requests that were acknowledged.</param>
/// <param name="LongestGap">The longest time in which no client got an acknowledgement.</param>
/// <param name="Slowest">The longest time from a request's first attempt to its acknowledgement.</param>
/// <param name="Troubles">Attempts that had to be repeated.</param>
/// <param name="TroubledFor">From the first of these to the last.</param>
public sealed record ClientsSaw(int Acknowledged, TimeSpan LongestGap, TimeSpan Slowest, int Troubles, TimeSpan TroubledFor)
{
    /// <param name="acknowledged">The first attempt of each request, and its acknowledgement, in any order.</param>
    /// <param name="troubles">When attempts failed.</param>
    public static ClientsSaw Between(
        TimeSpan from, TimeSpan until, IReadOnlyCollection<(TimeSpan Begin, TimeSpan End)> acknowledged,
        IReadOnlyCollection<TimeSpan> troubles)
    {
        var answered = acknowledged.Where(one => one.End >= from && one.End <= until).OrderBy(one => one.End).ToList();
        List<TimeSpan> failed = [.. troubles.Where(at => at >= from && at <= until).Order()];
        TimeSpan[] marks = [from, .. answered.Select(one => one.End), until];
        return new ClientsSaw(
            answered.Count, marks.Zip(marks.Skip(1), (one, next) => next - one).Max(),
            answered.Select(one => one.End - one.Begin).DefaultIfEmpty().Max(), failed.Count,
            failed.Count == 0 ? TimeSpan.Zero : failed[^1] - failed[0]);
    }
}

/// <summary>When requests of a load were acknowledged, and when attempts at them failed; on a watch of its own.</summary>
public sealed class AnswerTimes
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly ConcurrentQueue<(TimeSpan Begin, TimeSpan End)> acknowledged = new();
    private readonly ConcurrentQueue<TimeSpan> troubles = new();

    public TimeSpan Now => watch.Elapsed;

    public void Trouble() => troubles.Enqueue(Now);

    /// <param name="begin">When it was attempted first.</param>
    public void Acknowledged(TimeSpan begin) => acknowledged.Enqueue((begin, Now));

    /// <summary>What happened in a span that is over.</summary>
    public ClientsSaw Between(TimeSpan from, TimeSpan until) => ClientsSaw.Between(from, until, [.. acknowledged], [.. troubles]);
}
