using System.CommandLine;
using LStep.Workbench.Bench;
using LStep.Workbench.Valuing;

namespace LStep.Workbench.Verbs;

/// <summary>Whether the intervals of value hold on invented data.</summary>
public static class ValueVerb
{
    public static Command Build()
    {
        var seeds = WholeNumber.Of("--seeds", "How many invented campaigns, with an effect and without", 100, 20, 10_000);
        var learners = WholeNumber.Of("--learners", "How many learners a population has", 1_000, 100, 100_000);
        var populations = WholeNumber.Of("--populations", "How many populations of three years", 10, 1, 1_000);
        var verb = new Command("value",
            "Invented campaigns whose effect on payments is known, and invented years of payments of which the last is told from those "
            + "before: whether the intervals hold. The same seeds give the same figures. Exit 1 unless they hold.")
        {
            seeds, learners, populations,
        };
        verb.SetAction((parsed, cancel) =>
        {
            var report = new Report(Console.WriteLine);
            var bench = new ValueBench(report, parsed.GetValue(seeds), parsed.GetValue(learners), parsed.GetValue(populations));
            var holds = bench.Run(cancel);
            Figures.Write(report.Figures);
            return Task.FromResult(holds ? 0 : 1);
        });
        return verb;
    }
}
