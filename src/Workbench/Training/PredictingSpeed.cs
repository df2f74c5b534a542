using System.Diagnostics;
using LStep.Domain;
using LStep.Domain.Measuring;
using LStep.Domain.Predicting;

namespace LStep.Workbench.Training;

/// <summary>How fast a model says its probability of customers as they lie in memory, on one thread.</summary>
public static class PredictingSpeed
{
    private const int Customers = 100_000;
    private const int WarmUp = 5_000;

    public sealed record Result(int Customers, TimeSpan Took, long AllocatedBytes)
    {
        public override string ToString() =>
            $"{Customers:N0} customers in {Took.TotalSeconds:F2} s, {Customers / Took.TotalSeconds:N0}/s on one thread, "
                + $"{AllocatedBytes:N0} bytes allocated";
    }

    public static Result Measure(ChurnModel model, IReadOnlyList<CustomerState> states, DateTimeOffset now)
    {
        var live = new LiveModel(0, model);
        Run(live, states, now, WarmUp);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        Run(live, states, now, Customers);
        var took = watch.Elapsed;
        return new Result(Customers, took, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    private static double Run(LiveModel live, IReadOnlyList<CustomerState> states, DateTimeOffset now, int customers)
    {
        var sum = 0d;
        for (var at = 0; at < customers; at++)
            sum += Churn.ProbabilityOf(states[at % states.Count], BusinessCalendar.Utc, live, now);
        return sum;
    }
}
