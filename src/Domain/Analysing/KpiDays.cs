namespace LStep.Domain.Analysing;

/// <summary>How many more there are since a day, and by how many the customers in some tags became more.</summary>
public readonly record struct StandingOnDay(DateOnly Day, string Tier, long All, long Active, long Mastery, long Churned);

/// <summary>The moves of a day that stand.</summary>
/// <param name="Ahead">From ST_001 or ST_002 further along the journey.</param>
public readonly record struct MovesOnDay(DateOnly Day, string Tier, long All, long Automatic, long IntoChurned, long Ahead);

public readonly record struct CountOnDay(Measure Measure, DateOnly Day, long Count);

/// <summary>The KPIs that are a part of a whole, day by day, of all customers and of those of one tier.</summary>
public sealed class KpiDays
{
    /// <summary>Churn and progression are told per so many days, so that ranges of any length and the baseline compare.</summary>
    public const int PerDays = 28;

    private readonly DayRange range;
    private readonly IReadOnlyList<StandingOnDay> standing;
    private readonly IReadOnlyList<MovesOnDay> moves;
    private readonly Dictionary<Measure, DaySeries> counts;
    private readonly Dictionary<KpiKind, KpiSeries> ofAll;

    /// <param name="standing">Of every day up to the range's end; those before the range may be told as one.</param>
    public KpiDays(
        DayRange range, IReadOnlyList<StandingOnDay> standing, IReadOnlyList<MovesOnDay> moves, IReadOnlyList<CountOnDay> counts)
    {
        (this.range, this.standing, this.moves) = (range, standing, moves);
        this.counts = counts.GroupBy(one => one.Measure).ToDictionary(
            one => one.Key, one => DaySeries.Of(range, one.Select(each => (each.Day, each.Count))));
        ofAll = KpiKinds.All.Where(kind => !kind.IsMedian()).ToDictionary(kind => kind, kind => Of(kind, null));
    }

    public IReadOnlyList<string> Tiers => [.. standing.Select(one => one.Tier).Distinct().Order(StringComparer.Ordinal)];

    public KpiSeries Of(KpiKind kind) => ofAll[kind];

    /// <param name="tier">Null for all customers.</param>
    public KpiSeries Of(KpiKind kind, string? tier) => kind switch
    {
        KpiKind.ActiveLearnerRate => new KpiSeries(Level(tier, one => one.Active), Level(tier, one => one.All), IsLevel: true),
        KpiKind.ActiveLearnerRateOpen => new KpiSeries(
            Level(tier, one => one.Active), Level(tier, one => one.All - one.Mastery - one.Churned), IsLevel: true),
        KpiKind.MasteryWithin60Days => new KpiSeries(Counted(Measure.MasteryMade), Counted(Measure.MasteryDue)),
        KpiKind.RecoveryRate => new KpiSeries(Counted(Measure.RecoveryMade), Counted(Measure.RecoveryDue)),
        KpiKind.AutomationShare => new KpiSeries(Moved(tier, one => one.Automatic), Moved(tier, one => one.All)),
        KpiKind.AutomationAccuracy =>
            new KpiSeries(Counted(Measure.Automatic).Less(Counted(Measure.AutomaticWrong)), Counted(Measure.Automatic)),
        KpiKind.ChurnRate => new KpiSeries(
            Moved(tier, one => one.IntoChurned), Level(tier, one => one.All - one.Churned), PerDays: PerDays),
        KpiKind.ProgressionRate => new KpiSeries(Moved(tier, one => one.Ahead), Level(tier, one => one.Active), PerDays: PerDays),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no part of a whole"),
    };

    private DaySeries Level(string? tier, Func<StandingOnDay, long> change) => DaySeries.LevelOf(
        range, standing.Where(one => tier is null || one.Tier == tier).Select(one => (one.Day, change(one))));

    private DaySeries Moved(string? tier, Func<MovesOnDay, long> count) => DaySeries.Of(
        range, moves.Where(one => tier is null || one.Tier == tier).Select(one => (one.Day, count(one))));

    private DaySeries Counted(Measure measure) => counts.GetValueOrDefault(measure) ?? DaySeries.Of(range, []);
}
