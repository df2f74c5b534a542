using LStep.Silo.Verbs;
using LStep.Workbench.Processes;
using LStep.Workbench.Verbs;

return await CommandLine.Run(
    "Plays learners through L-Step, measures it and has it survive faults. It is not part of the product.",
    [DemoVerb.Build(), ReplayVerb.Build(), BenchVerb.Build(), SiloVerb.Build(), SiloVerb.BuildCluster()],
    args, trouble => trouble is SiloEndedException || Trouble.IsOutside(trouble));
