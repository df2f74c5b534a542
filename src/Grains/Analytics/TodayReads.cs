using LStep.Domain.Analysing;
using LStep.Grains.Database;
using LStep.Grains.Rules;

namespace LStep.Grains.Analytics;

/// <param name="Value">The sum of what is known of their lifetime values.</param>
/// <param name="Since">Of them those who came to this tag since the business day began.</param>
public sealed record AtRisk(StatusTag Tag, long Customers, decimal Value, long Since, decimal SinceValue);

public sealed record ValuableCustomer(string Id, string? Name, StatusTag Tag, DateTimeOffset TagSince, decimal Value, string Owner);

/// <param name="Late">Reviews that are open for more than a day; tasks that were due before now.</param>
public sealed record Waiting(long Open, long Mine, long Late);

public sealed record TodayFigures(
    AnalyticsFrame Frame, IReadOnlyList<AtRisk> AtRisk, IReadOnlyList<ValuableCustomer> Valuable, Waiting Reviews,
    DateTimeOffset? OldestReview, Waiting Tasks, long TasksDueToday);

/// <summary>What waits for people today, and what is at stake.</summary>
public sealed class TodayReads(AnalyticsSnapshots snapshots, RulebookSource rulebook)
{
    public const int ValuableMax = 8;
    private static readonly TimeSpan ReviewLateAfter = TimeSpan.FromDays(1);

    /// <param name="owner">Whose customers; null for everybody's.</param>
    /// <param name="who">Whose reviews and tasks are mine.</param>
    public Task<TodayFigures> Of(DateOnly today, string? owner, string who, CancellationToken cancel) => snapshots.Read(
        new DayRange(today, today), async (connection, frame) =>
        {
            var calendar = rulebook.Current.Calendar;
            var (begin, end) = (calendar.StartOf(today), calendar.StartOf(today.AddDays(1)));
            var atRisk = await connection.Rows(
                "analytics_today_at_risk",
                row => new AtRisk(
                    StatusTags.Parse(row.GetString(0)), row.GetInt64(1), row.GetDecimal(2), row.GetInt64(3), row.GetDecimal(4)),
                cancel, Db.Text(owner), begin);
            var valuable = await connection.Rows(
                "analytics_today_valuable",
                row => new ValuableCustomer(
                    row.GetString(0), row.TextOrNull(1), StatusTags.Parse(row.GetString(2)), row.Instant(3), row.GetDecimal(4),
                    row.GetString(5)),
                cancel, Db.Text(owner), ValuableMax);
            var (reviews, oldest) = (await connection.Rows(
                "analytics_today_reviews",
                row => (new Waiting(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), row.InstantOrNull(3)), cancel, who,
                frame.AsOf - ReviewLateAfter))[0];
            var (tasks, dueToday) = (await connection.Rows(
                "analytics_today_tasks",
                row => (new Waiting(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), row.GetInt64(3)), cancel, who, frame.AsOf, end))[0];
            return new TodayFigures(frame, [.. atRisk.OrderBy(one => one.Tag)], valuable, reviews, oldest, tasks, dueToday);
        }, cancel);
}
