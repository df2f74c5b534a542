using LStep.Domain.Backtesting;

namespace LStep.Grains.Trials;

/// <summary>A rule set played over the recorded history beside the active one.</summary>
/// <param name="Total">Customers when it was started.</param>
/// <param name="Customers">Played so far.</param>
/// <param name="Errors">Of them, those that could not be played and are not in the figures.</param>
/// <param name="Candidate">Null until it is finished.</param>
public sealed record BacktestRow(
    string Id, string Author, int ActiveVersion, DateTimeOffset From, DateTimeOffset To, DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt, int Total, int Customers, int Errors, Figures? Candidate = null, Figures? Active = null)
{
    /// <summary>0 to 1.</summary>
    public decimal Progress => FinishedAt is not null ? 1 : Total == 0 ? 0 : decimal.Round(Math.Min(0.999m, (decimal)Customers / Total), 3);
}
