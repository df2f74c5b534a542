using System.Diagnostics;
using LStep.Domain;
using LStep.Grains.Storage;
using LStep.Silo.Replay;
using Microsoft.Extensions.DependencyInjection;

namespace LStep.Silo.Bench;

/// <summary>What one evaluation costs, and the daily one of a whole population.</summary>
public sealed class EvaluateBench(BenchSilo bench, int customers)
{
    private const int Rounds = 200;

    public async Task<IReadOnlyList<(string What, string Figure)>> Run(CancellationToken cancel)
    {
        var clock = bench.Silo.Clock ?? throw new InvalidOperationException("this measurement needs a simulated clock");
        var load = new BenchLoad(customers, clock.Now);
        var messages = Enumerable.Range(0, customers).SelectMany(customer => Enumerable.Range(0, 5).Select(_ => load.Of(customer)));
        foreach (var lane in Requests.Lanes(messages))
            foreach (var (body, _) in lane) await bench.Client.PostBatch(body, cancel);

        var (nanoseconds, bytes) = await OneEvaluation(clock.Now, cancel);
        var midnight = clock.NextMidnight;
        await clock.MoveTo(midnight.AddMinutes(-1), cancel);
        var watch = Stopwatch.StartNew();
        await clock.MoveTo(midnight, cancel);
        return
        [
            ("one evaluation of 15 rules (ns)", $"{nanoseconds:N0}"),
            ("  allocated (bytes)", $"{bytes:N0}"),
            ($"daily evaluation of {customers:N0} customers (s)", $"{watch.Elapsed.TotalSeconds:0.00}"),
        ];
    }

    /// <summary>Over the states as they are stored, none of which changes.</summary>
    private async Task<(double Nanoseconds, double Bytes)> OneEvaluation(DateTimeOffset now, CancellationToken cancel)
    {
        var book = bench.Silo.Services.GetRequiredService<RulebookSource>().Current;
        var store = bench.Silo.Services.GetRequiredService<CustomerStore>();
        var states = (await store.LoadMany([.. Enumerable.Range(0, Math.Min(customers, 1_000)).Select(BenchLoad.Customer)], cancel)).Select(each => each.State).ToList();
        foreach (var state in states) Lifecycle.Evaluate(state, book, now);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
            foreach (var state in states) Lifecycle.Evaluate(state, book, now);
        var evaluations = (double)Rounds * states.Count;
        return (watch.Elapsed.TotalNanoseconds / evaluations, (GC.GetAllocatedBytesForCurrentThread() - allocated) / evaluations);
    }
}
