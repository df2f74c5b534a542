namespace LStep.Domain.Analysing;

/// <summary>As a person set them; null where the default holds.</summary>
public readonly record struct KpiSetting(double? Goal, double? Baseline);

/// <param name="Value">In the unit, as it is told; null where nothing was counted.</param>
/// <param name="Whole">Of how many; of a median, how many were counted.</param>
public readonly record struct KpiValue(double? Value, double? Part, double? Whole)
{
    public static readonly KpiValue None = new(null, null, null);

    public static KpiValue Of(KpiFraction fraction) => new(fraction.Percent, fraction.Part, fraction.Whole);

    /// <param name="minutes">Of the two in the middle, the lower and the upper one.</param>
    public static KpiValue OfMinutes(KpiKind kind, long counted, (int Lower, int Upper) minutes) => new(
        Rounded.Of((minutes.Lower + (double)minutes.Upper) / 2 / (kind.Unit() is KpiUnit.Days ? 24 * 60 : 60), kind.Unit()), null, counted);
}

/// <summary>A KPI of one tier in one business month.</summary>
/// <param name="Month">Its first day.</param>
public readonly record struct KpiOfMonth(string Tier, DateOnly Month, double? Value, double? Baseline);

public sealed record KpiFigure(
    KpiKind Kind, KpiValue Value, double? Previous, double? Goal, double? Baseline, KpiSetting Set,
    IReadOnlyList<(DateOnly Day, double? Value)> Days, IReadOnlyList<KpiOfMonth> Breakdown);

/// <summary>Medians of some ranges of days; a range of which nothing was counted has none.</summary>
public sealed record KpiMedians(IReadOnlyDictionary<DayRange, KpiValue> Values)
{
    public KpiValue Of(DayRange range) => Values.TryGetValue(range, out var value) ? value : new KpiValue(null, null, 0);
}

/// <summary>The KPIs of a range beside those of the range before and the baseline.</summary>
/// <param name="FirstDay">The business day of the ledger's first row; null where it has none.</param>
public sealed record KpiFigures(
    DayRange Range, DateOnly Today, DateOnly? FirstDay, KpiDays Days, KpiDays? FirstDays, IReadOnlyDictionary<KpiKind, KpiMedians> Medians,
    IReadOnlyDictionary<KpiKind, KpiSetting> Set)
{
    public const int BaselineDays = 28;

    /// <summary>The longest that a figure waits for the day on which it is counted.</summary>
    public const int WaitDaysMax = 60;

    private static readonly string[] TierOrder = ["Freemium", "Pro", "Enterprise", ""];

    /// <summary>What has to be known for the figures of a range: the range before it, and whole months, up to today.</summary>
    public static DayRange Needed(DayRange range, DateOnly today)
    {
        var (before, month) = (range.Previous.From, MonthOf(range.From));
        var from = before < month ? before : month;
        var to = new DayRange(range.From, MonthOf(range.UpTo(today).To).AddMonths(1).AddDays(-1)).UpTo(today).To;
        return new DayRange(from < to ? from : to, to);
    }

    /// <summary>What has to be known for the baselines.</summary>
    public static DayRange NeededOfFirst(DateOnly firstDay) => new(firstDay, firstDay.AddDays(BaselineDays + WaitDaysMax - 1));

    /// <summary>The days on which what happened in the first 28 days is counted, once they are over.</summary>
    public static DayRange? BaselineRange(KpiKind kind, DateOnly? firstDay, DateOnly today)
    {
        if (firstDay is not { } first) return null;
        var from = first.AddDays(kind switch { KpiKind.RecoveryRate => 30, KpiKind.MasteryWithin60Days => WaitDaysMax, _ => 0 });
        var to = from.AddDays(BaselineDays - 1);
        return to < today ? new DayRange(from, to) : null;
    }

    public IReadOnlyList<KpiFigure> All => [.. KpiKinds.All.Select(Of)];

    private KpiFigure Of(KpiKind kind)
    {
        var set = Set.GetValueOrDefault(kind);
        var baseline = set.Baseline ?? (BaselineRange(kind, FirstDay, Today) is { } first ? At(kind, FirstDays, first).Value : null);
        var days = Range.UpTo(Today).Each.Select(day => (day, At(kind, Days, new DayRange(day, day)).Value));
        return new KpiFigure(
            kind, At(kind, Days, Range.UpTo(Today)), At(kind, Days, Range.Previous.UpTo(Today)).Value,
            set.Goal ?? kind.DefaultGoal(baseline), baseline, set, [.. days], Breakdown(kind, set));
    }

    private KpiValue At(KpiKind kind, KpiDays? days, DayRange range) =>
        kind.IsMedian() ? Medians[kind].Of(range) : days is null ? KpiValue.None : KpiValue.Of(days.Of(kind).Of(range));

    private IReadOnlyList<KpiOfMonth> Breakdown(KpiKind kind, KpiSetting set)
    {
        if (kind is not (KpiKind.ChurnRate or KpiKind.ProgressionRate)) return [];
        var first = BaselineRange(kind, FirstDay, Today);
        return
        [
            .. TierOrder.Where(Days.Tiers.Contains).SelectMany(tier =>
            {
                var series = Days.Of(kind, tier);
                var baseline = set.Baseline ?? (first is { } range ? FirstDays?.Of(kind, tier).Of(range).Percent : null);
                return Months().Select(month => (Month: month.From, Fraction: series.Of(month))).Where(one => one.Fraction.Whole > 0)
                    .Select(one => new KpiOfMonth(tier, one.Month, one.Fraction.Percent, baseline));
            }),
        ];
    }

    private List<DayRange> Months()
    {
        var months = new List<DayRange>();
        var last = Range.UpTo(Today).To;
        for (var month = MonthOf(Range.From); month <= last; month = month.AddMonths(1))
            months.Add(new DayRange(month, month.AddMonths(1).AddDays(-1)).UpTo(Today));
        return months;
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
