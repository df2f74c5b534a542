using BenchmarkDotNet.Running;
using LStep.Benchmarks;

switch (args)
{
    case ["journal"]:
        await JournalThroughput.Run();
        return 0;
    case ["pure", .. var options]:
        BenchmarkSwitcher.FromTypes([typeof(PureParts)]).Run(["--filter", "*", .. options]);
        return 0;
    default:
        Console.Error.WriteLine("Name a benchmark: journal, or pure (with BenchmarkDotNet's own options, such as --job short)");
        return 1;
}
