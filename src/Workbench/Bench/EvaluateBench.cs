using System.Diagnostics;
using LStep.Domain;
using LStep.Grains.Customers;
using LStep.Grains.Rules;
using LStep.Grains.Trials;

namespace LStep.Workbench.Bench;

/// <summary>What one evaluation costs, and the daily one of a whole population.</summary>
internal sealed class EvaluateBench(BenchSilo bench, Report report, int[] populations)
{
    private const int Rounds = 200;
    private const int BatchesAtOnce = 8;
    private const int ActivitiesEach = 5;
    private const int EventsPerBatch = 500;

    public async Task Run(CancellationToken cancel)
    {
        var clock = bench.Silo.Clock ?? throw new InvalidOperationException("this measurement needs a simulated clock");
        var known = 0;
        foreach (var population in populations)
        {
            report.Begin($"{population:N0} customers come");
            // Each population comes on a day of its own, beside those who are there already.
            var load = new BenchLoad(population, clock.Now, (ulong)population);
            var messages = Enumerable.Range(known, population - known)
                .SelectMany(customer => Enumerable.Range(0, ActivitiesEach).Select(_ => load.Of(customer)));
            await Senders.Send([bench.Silo.Address], bench.Silo.Keys.WriteKey, BatchesAtOnce, [
                .. messages.Chunk(EventsPerBatch).Select(BenchLoad.Batch)], _ => "/v1/batch", TimeSpan.MaxValue, cancel);
            if (known == 0) await OneEvaluation(population, clock.Now, cancel);
            known = population;

            report.Begin($"the daily evaluation of {population:N0}");
            var midnight = clock.NextMidnight;
            await clock.MoveTo(midnight.AddMinutes(-1), cancel);
            var watch = Stopwatch.StartNew();
            await clock.MoveTo(midnight, cancel);
            report.Add($"daily evaluation of {population:N0} customers (s)", watch.Elapsed.TotalSeconds, "0.00");
            report.Add("  customers/s", population / watch.Elapsed.TotalSeconds);
            await clock.MoveTo(midnight.AddHours(9), cancel);
            await DryRun(population, cancel);
        }
    }

    /// <summary>Of the rules in force and one that moves everybody who is Active.</summary>
    private async Task DryRun(int population, CancellationToken cancel)
    {
        report.Begin($"a dry run over {population:N0}");
        var rules = bench.Get<RulebookSource>().Current.Rules.Rules;
        var watch = Stopwatch.StartNew();
        var (totals, _) = await bench.Get<DryRuns>().Run(
            rules.Add(rules[0] with { Id = 1_000, Name = "Everybody", Conditions = new Condition.All([]) }), listedMax: 50, cancel);
        report.Add($"dry run over {totals.Evaluated:N0} customers (s)", watch.Elapsed.TotalSeconds, "0.00");
        report.Add("  who would move", totals.Moves.Sum(move => move.Count));
    }

    /// <summary>Over the states as they are stored, none of which changes.</summary>
    private async Task OneEvaluation(int customers, DateTimeOffset now, CancellationToken cancel)
    {
        var book = bench.Get<RulebookSource>().Current;
        var ids = Enumerable.Range(0, Math.Min(customers, 1_000)).Select(BenchLoad.Customer);
        var states = (await bench.Get<CustomerStore>().LoadMany([.. ids], cancel)).Select(each => each.State).ToList();
        foreach (var state in states) Lifecycle.Evaluate(state, book, now);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
            foreach (var state in states) Lifecycle.Evaluate(state, book, now);
        var evaluations = (double)Rounds * states.Count;
        report.Add(
            "one turn that changes nothing: evaluation by 15 rules and the next check (ns)", watch.Elapsed.TotalNanoseconds / evaluations);
        report.Add("  allocated (bytes)", (GC.GetAllocatedBytesForCurrentThread() - allocated) / evaluations);
    }
}
