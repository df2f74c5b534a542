using LStep.Domain.Analysing;
using LStep.Domain.Measuring;
using LStep.Grains.Database;

namespace LStep.Grains.Analytics;

/// <param name="Days">From the last day of the range before on, by the indicator's name.</param>
public sealed record RiskFigures(
    AnalyticsFrame Frame, IReadOnlyList<(RiskIndicators Indicators, long Customers)> Now,
    IReadOnlyDictionary<(string Indicator, DateOnly Day), long> Days)
{
    public long Customers => Now.Sum(one => one.Customers);

    public long Flagged => Now.Where(one => one.Indicators != RiskIndicators.None).Sum(one => one.Customers);

    public long Of(RiskIndicators indicator) => Now.Where(one => one.Indicators.HasFlag(indicator)).Sum(one => one.Customers);

    public long? On(DateOnly day, RiskIndicators indicator) =>
        Days.TryGetValue((Indicators.Name(indicator), day), out var count) ? count : Days.ContainsKey(("", day)) ? 0 : null;
}

/// <summary>Who bears which indicator: now, and when each day began.</summary>
public sealed class RiskReads(AnalyticsSnapshots snapshots)
{
    public Task<RiskFigures> Of(DayRange range, CancellationToken cancel) => snapshots.Read(
        range, async (connection, frame) =>
        {
            var now = await connection.Rows(
                "analytics_risks_now", row => ((RiskIndicators)row.GetInt32(0), row.GetInt64(1)), cancel);
            var days = await connection.Rows(
                "analytics_risk_days", row => (Key: (row.GetString(0), row.GetFieldValue<DateOnly>(1)), Count: row.GetInt64(2)), cancel,
                range.Previous.To, range.To);
            return new RiskFigures(frame, now, days.ToDictionary(day => day.Key, day => day.Count));
        }, cancel);
}
