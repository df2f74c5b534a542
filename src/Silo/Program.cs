using System.CommandLine;
using LStep.Silo;
using LStep.Silo.Verbs;

var lstep = new RootCommand("L-Step keeps one lifecycle status per customer of an online course business.")
{
    RunVerb.Build(),
    ClusterVerb.Build(),
    DemoVerb.Build(),
    ReplayVerb.Build(),
    VerifyVerb.Build(),
    MigrateVerb.Build(),
    KeysVerb.Build(),
    BenchVerb.Build(),
    DoctorVerb.Build(),
};
lstep.HelpName = "lstep";
using var signals = new StopSignals();
try
{
    // Ctrl-C and SIGTERM cancel the verb, by our own handler: the library's would swallow the second one.
    return await lstep.Parse(args).InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Token);
}
catch (OperationCanceledException)
{
    return 130;
}
catch (Exception e) when (Trouble.IsOutside(e))
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
