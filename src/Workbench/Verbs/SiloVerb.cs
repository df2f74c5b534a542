using System.CommandLine;
using LStep.Silo;
using LStep.Silo.Verbs;
using LStep.Workbench.Faults;

namespace LStep.Workbench.Verbs;

/// <summary>Silos as the product starts them, but on a wall clock that a file makes wrong: what fault runs and tests start.</summary>
public static class SiloVerb
{
    /// <summary>The variable that names the file; its first eight bytes are the ticks by which the wall clock is ahead.</summary>
    public const string ClockSkew = "LSTEP_CLOCK_SKEW";

    public static string Program => typeof(SiloVerb).Assembly.Location;

    /// <summary>One silo.</summary>
    public static Command Build()
    {
        var verb = new Command("silo", $"Serves as run does, on a wall clock that is wrong by what the file says that {ClockSkew} names.") { Hidden = true };
        var common = new CommonOptions().AddTo(verb, serving: true);
        verb.SetAction(async (parsed, cancel) =>
        {
            var file = CommonOptions.Variable(ClockSkew) ?? throw new VerbRefusedException($"{ClockSkew} has to name a file.");
            using var clock = new SkewedClock(LStepSilo.WallClock, file);
            await using var silo = await LStepSilo.Start(common.Read(parsed) with { WallClock = clock }, cancel);
            StartText.Write(silo);
            await silo.UntilStopped(cancel);
        });
        return verb;
    }

    /// <summary>Several, supervised as `cluster` supervises them.</summary>
    public static Command BuildCluster()
    {
        var verb = ClusterVerb.Build((Program, "silo"));
        verb.Hidden = true;
        return verb;
    }
}
