using LStep.Silo;

namespace LStep.Workbench.Faults;

/// <summary>Silos of this build under load with known ids, and one fault after another; then the audit.</summary>
public sealed class FaultRun(FaultOptions options, Action<TimeSpan, string> tell)
{
    private readonly AuditedLoad audited = new(options, tell);

    public async Task<FaultResult> Run(CancellationToken cancel)
    {
        var survived = new List<Survived>();
        var load = await audited.Run(
            null, async (ground, load, posting) => survived = await Faults(ground, load, posting, cancel), cancel);
        return new FaultResult(load, [.. survived]);
    }

    private async Task<List<Survived>> Faults(FaultEnvironment ground, KnownLoad load, Task posting, CancellationToken cancel)
    {
        var survived = new List<Survived>();
        foreach (var fault in FaultSchedule.Of(options.Seed, options.Silos, options.Pace).Take(options.FaultsMax))
        {
            if (audited.Elapsed + fault.Pause > options.Time) break;
            await Task.Delay(fault.Pause, MachineClock.Instance, cancel);
            if (posting.IsFaulted) await posting;
            audited.Tell($"{fault}");
            var others = ground.Silos.Where((_, number) => ground.Silos.Count == 1 || !fault.ConcernsOneSilo || number != fault.Silo);
            var inflicted = ground.Inflict(fault);
            var answered = load.UntilAllAnswer([.. others.Select(silo => silo.Address)], cancel);
            await Task.WhenAll(inflicted, answered);
            await ground.UntilReady();
            survived.Add(new Survived(fault, await answered));
            audited.Tell($"  all answered after {survived[^1].AllAnswered.TotalSeconds:0.0} s");
        }
        return survived;
    }
}
