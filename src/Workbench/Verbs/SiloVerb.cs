using System.CommandLine;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Processes;

namespace LStep.Workbench.Verbs;

/// <summary>Silos as the product starts them, but on a wall clock that a file makes wrong: what fault runs and tests start.</summary>
public static class SiloVerb
{
    /// <summary>One silo.</summary>
    public static Command Build()
    {
        var verb = new Command(
            "silo", $"Serves as run does, on a wall clock that is wrong by what the file says that {SkewedClock.Variable} names.") {
                Hidden = true };
        var common = new CommonOptions().AddTo(verb, serving: true);
        verb.SetAction(async (parsed, cancel) =>
        {
            var file = CommonOptions.Variable(SkewedClock.Variable)
                ?? throw new VerbRefusedException($"{SkewedClock.Variable} has to name a file.");
            using var clock = new SkewedClock(MachineClock.Instance, file);
            await using var silo = await LStepSilo.Start(common.Read(parsed) with { WallClock = clock }, cancel);
            StartText.Write(silo);
            await silo.UntilStopped(cancel);
        });
        return verb;
    }

    /// <summary>Several, supervised as `cluster` supervises them.</summary>
    public static Command BuildCluster()
    {
        var verb = ClusterVerb.Build((SiloProcess.Workbench, "silo"));
        verb.Hidden = true;
        return verb;
    }
}
