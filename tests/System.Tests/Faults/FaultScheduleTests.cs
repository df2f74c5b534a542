using LStep.System.Tests.Ingest;
using LStep.Workbench.Faults;

namespace LStep.System.Tests.Faults;

public sealed class FaultScheduleTests
{
    private static Fault[] First(int faults, ulong seed, int silos = 3) => [.. FaultSchedule.Of(seed, silos, new FaultPace()).Take(faults)];

    [Fact]
    public void The_same_seed_gives_the_same_faults_and_another_seed_others()
    {
        Assert.Equal(First(100, seed: 7), First(100, seed: 7));
        Assert.NotEqual(First(100, seed: 7), First(100, seed: 8));
    }

    [Fact]
    public void Every_round_has_every_kind_once_in_an_order_of_its_own()
    {
        var rounds = First(5 * FaultSchedule.Kinds.Length, seed: 7).Chunk(FaultSchedule.Kinds.Length)
            .Select(round => round.Select(fault => fault.Kind).ToArray()).ToArray();

        Assert.All(rounds, round => Assert.Equal(FaultSchedule.Kinds, round.Order()));
        Assert.Equal(5, rounds.DistinctBy(round => string.Join(' ', round)).Count());
    }

    [Fact]
    public void Every_silo_gets_its_share_and_lengths_stay_within_the_pace()
    {
        var (faults, pace) = (First(900, seed: 3), new FaultPace());

        Assert.Equal([0, 1, 2], faults.Select(fault => fault.Silo).Distinct().Order());
        Assert.All(faults, fault => Assert.InRange(fault.Pause.TotalMilliseconds, pace.PauseMs.From, pace.PauseMs.To));
        Assert.All(faults.Where(fault => fault.Kind is FaultKind.Freeze), fault => Assert.InRange(
            fault.Length.TotalMilliseconds, pace.FreezeMs.From, pace.FreezeMs.To));
        var steps = faults.Where(fault => fault.Kind is FaultKind.ClockStep).Select(fault => fault.Ahead.TotalSeconds).ToArray();
        Assert.Contains(steps, seconds => seconds < -60);
        Assert.Contains(steps, seconds => seconds > 60);
        Assert.Contains(steps, seconds => seconds is 0);
    }
}
