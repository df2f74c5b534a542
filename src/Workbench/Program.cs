using LStep.Silo.Verbs;
using LStep.Workbench.Processes;
using LStep.Workbench.Verbs;

return await CommandLine.Run(
    "Plays learners through L-Step, measures it, has it survive faults and trains what it predicts by. It is not part of the product.",
    [
        DemoVerb.Build(), ReplayVerb.Build(), TrainVerb.Build(), BenchVerb.Build(), SiloVerb.Build(), SiloVerb.BuildCluster(),
        DoorwayVerb.Build(),
    ],
    args, trouble => trouble is SiloEndedException || Trouble.IsOutside(trouble));
