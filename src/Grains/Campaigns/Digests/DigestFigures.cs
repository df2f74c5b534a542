using LStep.Domain.Analysing;
using LStep.Grains.Analytics;

namespace LStep.Grains.Campaigns.Digests;

/// <summary>What GET /api/analytics/today answers for everybody's customers.</summary>
public sealed record DigestFigures(TodayFigures Today, FlowFigures Flow, AutomationFigures Automation)
{
    public DateOnly Day => Today.Frame.Today;

    public decimal ValueAtRisk => Today.AtRisk.Sum(one => one.Value);

    public long AtRisk => Today.AtRisk.Sum(one => one.Customers);

    public long MovedByPeople => Of(TransitionKind.Approved) + Of(TransitionKind.Override);

    /// <summary>The busiest first.</summary>
    public IEnumerable<FlowRow> Moves => Flow.Rows.Where(row => row.Count > 0 || row.Previous > 0)
        .OrderByDescending(row => row.Count).ThenByDescending(row => row.Previous);

    public long Of(TransitionKind kind) => Automation.Of(kind, Automation.Frame.Range);

    public long Of(Measure measure) => Automation.Of(measure, Automation.Frame.Range);
}
