using System.CommandLine;
using LStep.Silo.Verbs;

var lstep = new RootCommand("L-Step keeps one lifecycle status per customer of an online course business.")
{
    RunVerb.Build(),
    DemoVerb.Build(),
    ReplayVerb.Build(),
    VerifyVerb.Build(),
    MigrateVerb.Build(),
    KeysVerb.Build(),
    DoctorVerb.Build(),
};
// Ctrl-C and SIGTERM cancel the verb; stopping cleanly may take what is under way.
return await lstep.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });
