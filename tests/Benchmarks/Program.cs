using LStep.Benchmarks;

if (args is not ["journal"])
{
    Console.Error.WriteLine("Name a benchmark: journal");
    return 1;
}
await JournalThroughput.Run();
return 0;
