using LStep.Domain.Analysing;
using LStep.Grains.Database;
using Npgsql;

namespace LStep.Grains.Analytics;

public sealed record KpisOfRange(AnalyticsFrame Frame, IReadOnlyList<KpiFigure> Figures);

/// <summary>The KPIs from the day tables, beside what people set as their goals.</summary>
public sealed class KpiReads(AnalyticsSnapshots snapshots)
{
    private static readonly Measure[] Counted =
        [Measure.MasteryDue, Measure.MasteryMade, Measure.RecoveryDue, Measure.RecoveryMade, Measure.Automatic, Measure.AutomaticWrong];

    public Task<KpisOfRange> Of(DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) =>
        {
            var medians = new Dictionary<KpiKind, KpiMedians>
            {
                [KpiKind.ProgressionVelocity] = await Medians(connection, frame, KpiKind.ProgressionVelocity, Measure.Velocity, cancel),
                [KpiKind.AtRiskDetection] = await Medians(connection, frame, KpiKind.AtRiskDetection, Measure.Detection, cancel),
            };
            var figures = new KpiFigures(
                range, frame.Today, frame.FirstDay, await Days(connection, KpiFigures.Needed(range, frame.Today), cancel),
                frame.FirstDay is { } first ? await Days(connection, KpiFigures.NeededOfFirst(first), cancel) : null, medians,
                await Settings(connection, cancel));
            return new KpisOfRange(frame, figures.All);
        }, cancel);

    private static async Task<KpiDays> Days(NpgsqlConnection connection, DayRange range, CancellationToken cancel) => new(
        range,
        await connection.Rows(
            "analytics_standing",
            row => new StandingOnDay(
                row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4),
                row.GetInt64(5)),
            cancel, range.From, range.To),
        await connection.Rows(
            "analytics_moves",
            row => new MovesOnDay(
                row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetInt64(2), row.LongOrNull(3) ?? 0, row.LongOrNull(4) ?? 0,
                row.LongOrNull(5) ?? 0),
            cancel, range.From, range.To),
        await connection.Sums(Counted, range, cancel));

    private static async Task<KpiMedians> Medians(
        NpgsqlConnection connection, AnalyticsFrame frame, KpiKind kind, Measure measure, CancellationToken cancel)
    {
        var ranges = frame.Begun.Each.Select(day => new DayRange(day, day)).ToList();
        ranges.AddRange([frame.Begun, frame.Range.Previous.UpTo(frame.Today)]);
        if (KpiFigures.BaselineRange(kind, frame.FirstDay, frame.Today) is { } first) ranges.Add(first);
        var rows = await connection.Medians([measure], ranges, cancel);
        return new KpiMedians(
            rows.ToDictionary(row => row.Key, row => KpiValue.OfMinutes(kind, row.Value.Counted, (row.Value.Lower, row.Value.Upper))));
    }

    private static async Task<Dictionary<KpiKind, KpiSetting>> Settings(NpgsqlConnection connection, CancellationToken cancel)
    {
        var rows = await connection.Rows(
            "kpi_goals_all",
            row =>
                (Kind: KpiKinds.Named(row.GetString(0)), Set: new KpiSetting(KpiGoals.NumberOrNull(row, 1), KpiGoals.NumberOrNull(row, 2))),
            cancel);
        // A newer version of the product may know more figures.
        return rows.Where(row => row.Kind is not null).ToDictionary(row => row.Kind!.Value, row => row.Set);
    }
}
