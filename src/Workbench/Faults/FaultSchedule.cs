using LStep.Workbench.Demo;

namespace LStep.Workbench.Faults;

/// <summary>How long things last, in milliseconds: from, to.</summary>
public sealed record FaultPace
{
    public (int From, int To) PauseMs { get; init; } = (1_000, 4_000);
    public (int From, int To) DownMs { get; init; } = (0, 3_000);
    public (int From, int To) FreezeMs { get; init; } = (5_000, 20_000);
    public (int From, int To) CutMs { get; init; } = (2_000, 5_000);

    public (int From, int To) TroubleMs { get; init; } = (3_000, 12_000);
    public (int From, int To) TableLockedMs { get; init; } = (5_000, 60_000);

    /// <summary>Every kind of fault within two minutes.</summary>
    public static FaultPace Short { get; } = new() { PauseMs = (200, 600), DownMs = (0, 500), FreezeMs = (4_000, 6_000), CutMs = (
        1_500, 2_500), TroubleMs = (1_500, 5_000), TableLockedMs = (3_000, 6_000) };
}

/// <summary>What goes wrong, and when: a pure function of the seed. In each round every kind comes once, in an order of its own.</summary>
public static class FaultSchedule
{
    private const int AheadSecondsMax = 600;

    public static FaultKind[] Kinds { get; } = Enum.GetValues<FaultKind>();

    /// <summary>Without an end: whoever runs it stops when the time is over.</summary>
    public static IEnumerable<Fault> Of(ulong seed, int silos, FaultPace pace)
    {
        for (var round = 0; ; round++)
        {
            var chance = Chance.Of(seed, round, silos);
            var kinds = FaultSchedule.Kinds.ToList();
            while (kinds.Count > 0)
            {
                var kind = kinds[chance.Between(0, kinds.Count - 1)];
                kinds.Remove(kind);
                yield return Next(kind, silos, pace, chance);
            }
        }
    }

    private static Fault Next(FaultKind kind, int silos, FaultPace pace, Chance chance) => new(
        kind,
        Silo: chance.Between(0, silos - 1),
        Pause: Within(pace.PauseMs, chance),
        Length: kind switch
        {
            FaultKind.Kill or FaultKind.Restart or FaultKind.DatabaseRestart or FaultKind.DatabaseCrash => Within(pace.DownMs, chance),
            FaultKind.Freeze => Within(pace.FreezeMs, chance),
            FaultKind.CutDatabase or FaultKind.CutClients => Within(pace.CutMs, chance),
            FaultKind.TableLocked => Within(pace.TableLockedMs, chance),
            FaultKind.ReadOnly or FaultKind.DiskFull or FaultKind.RowsLocked or FaultKind.NoConnections or FaultKind.BackendsFrozen
                or FaultKind.DatabaseFrozen => Within(pace.TroubleMs, chance),
            _ => TimeSpan.Zero,
        },
        // Small steps and large ones; now and then it is set right again.
        Ahead: kind is FaultKind.ClockStep && chance.Happens(0.8) ? TimeSpan.FromSeconds(
            Math.Round(AheadSecondsMax * Math.Pow(chance.Share(), 3), 1) * (chance.Happens(0.5) ? 1 : -1)) : TimeSpan.Zero,
        Draw: chance.Between(0, int.MaxValue - 1));

    private static TimeSpan Within((int From, int To) ms, Chance chance) => TimeSpan.FromMilliseconds(chance.Between(ms.From, ms.To));
}
