using LStep.Domain;
using LStep.Workbench.Demo;

namespace LStep.Workbench.Simulation;

/// <summary>What kind of run a seed is: most are stormy in some respects and quiet in others.</summary>
internal sealed class SimulationSettings(Chance chance)
{
    private static readonly TimeZoneInfo[] Zones =
        [TimeZoneInfo.Utc, TimeZoneInfo.Utc, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"), TimeZoneInfo.FindSystemTimeZoneById(
            "America/New_York")];

    public DateTimeOffset Begin { get; } = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddMinutes(chance.Between(0, 3 * 1440));
    public int Steps { get; } = chance.Between(150, 600);
    public int Customers { get; } = chance.Between(1, 6);
    public int Processes { get; } = chance.Between(2, 3);

    /// <summary>Of the questions to the storage, the share that is refused, not answered, or answered too late.</summary>
    public double Faults { get; } = chance.Of([0, 0.02, 0.05, 0.15]);

    /// <summary>Of the steps of the run, the share in which a process is killed, paused or has its clock stepped.</summary>
    public double Kills { get; } = chance.Of([0, 0.01, 0.03]);

    /// <summary>How far time passes at once, as a place in the list of <see cref="Span"/>.</summary>
    public int Haste { get; } = chance.Between(1, 5);

    public bool Imports { get; } = chance.Happens(0.4);
    public bool Asks { get; } = chance.Happens(0.3);
    public bool Publishes { get; } = chance.Happens(0.2);

    /// <summary>One customer sends more than the memory of its recent messages holds.</summary>
    public bool IsBusy { get; } = chance.Happens(0.03);

    public BusinessCalendar Calendar { get; } = new(chance.Of(Zones));

    /// <summary>People approve, reject, override, lock and undo, and switch flags.</summary>
    public bool PeopleAct { get; } = chance.Happens(0.4);

    /// <summary>Without them the ledger depends on nothing but what was recorded and when.</summary>
    public bool IsStraight => !Publishes && !PeopleAct && !(Asks && Imports);

    public TimeSpan Span(DateTimeOffset now) => chance.Between(0, Haste) switch
    {
        0 or 1 => TimeSpan.FromMilliseconds(chance.Between(0, 5_000)),
        2 => TimeSpan.FromSeconds(chance.Between(1, 900)),
        3 => TimeSpan.FromMinutes(chance.Between(1, 600)),
        4 => Calendar.NextMidnight(now) - now + TimeSpan.FromMilliseconds(chance.Between(-2_000, 2_000)),
        _ => TimeSpan.FromMinutes(chance.Between(1_440, chance.Of([3 * 1_440, 8 * 1_440, 40 * 1_440]))),
    };
}
