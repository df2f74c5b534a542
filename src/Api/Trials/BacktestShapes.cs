using System.Collections.Immutable;
using System.Text.Json;
using LStep.Domain;
using LStep.Domain.Backtesting;
using LStep.Grains.Trials;

namespace LStep.Api.Trials;

/// <param name="Rules">As for publishing them.</param>
/// <param name="From">What happened from here on is counted; 90 days before To where it is left out.</param>
/// <param name="To">Where the recorded history ends for this; now where it is left out.</param>
public sealed record BacktestRequest(JsonElement? Rules = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

public sealed record BacktestStarted(string Id);

/// <summary>MedianDays are whole days; null where there are no such learners.</summary>
public sealed record LearnersAndDays(int Learners, decimal? MedianDays)
{
    public static LearnersAndDays Of(ImmutableSortedDictionary<int, int> days) => new(days.Values.Sum(), Figures.Median(days));
}

/// <summary>
/// What a set of rules came to. FoundBeforeSilence: learners who fell silent for 14 days or more until the end and were outside the
/// learning tags when they were last active, and since how long; FoundInSilence: those who left them later, and after how long.
/// </summary>
public sealed record BacktestFigures(
    int Transitions, int Reviews, decimal? ReviewsPerLearner, decimal? AutomaticShare,
    ImmutableSortedDictionary<StatusTag, decimal> CustomerDays,
    LearnersAndDays FoundBeforeSilence, int FalseAlarms, int Learners, int Alarms, int FellSilent, LearnersAndDays FoundInSilence,
    ImmutableArray<MoveCount> Moves)
{
    public static BacktestFigures Of(Figures figures) => new(
        figures.Transitions, figures.Reviews, Share(figures.Reviews, figures.Learners), Share(figures.Automatic, figures.Transitions),
        StatusTags.All.Zip(figures.TagMs).ToImmutableSortedDictionary(
            pair => pair.First, pair => decimal.Round(pair.Second / (decimal)TimeSpan.MillisecondsPerDay, 4)),
        LearnersAndDays.Of(figures.FoundBefore), figures.FalseAlarms, figures.Learners, figures.Alarms, figures.Silent,
        LearnersAndDays.Of(figures.FoundWithin),
        [.. figures.Flow.Select(pair => new MoveCount((StatusTag)(pair.Key / 10), (StatusTag)(pair.Key % 10), pair.Value))]);

    private static decimal? Share(int part, int whole) => whole == 0 ? null : decimal.Round((decimal)part / whole, 4);
}

/// <summary>A rule set played over the recorded history beside the active one. Figures are null until it is finished.</summary>
public sealed record Backtest(
    string Id, DateTimeOffset From, DateTimeOffset To, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, decimal Progress,
    BacktestFigures? Candidate, BacktestFigures? Active, string Author, int ActiveVersion, int Customers, int Errors)
{
    public static Backtest Of(BacktestRow row) => new(
        row.Id, row.From, row.To, row.StartedAt, row.FinishedAt, row.Progress,
        row.Candidate is null ? null : BacktestFigures.Of(row.Candidate), row.Active is null ? null : BacktestFigures.Of(row.Active),
        row.Author, row.ActiveVersion, row.Customers, row.Errors);
}
