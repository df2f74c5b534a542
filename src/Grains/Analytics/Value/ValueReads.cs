using LStep.Domain.Analysing;
using LStep.Domain.Valuing;
using LStep.Grains.Database;
using LStep.Grains.Rules;
using Npgsql;

namespace LStep.Grains.Analytics.Value;

/// <param name="Tier">Empty for none.</param>
/// <param name="Variance">As <see cref="ValueSum.Variance"/>; so is Together.</param>
public sealed record ProjectedCell(
    DateOnly Day, StatusTag Tag, string Tier, long Customers, double Value, double Variance, double Together);

/// <param name="Measure">paid or revenue_kept.</param>
/// <param name="Tag">Null where it says nothing.</param>
public sealed record PaidOnDay(string Measure, DateOnly Day, StatusTag? Tag, long Hundredths);

/// <param name="Sent">By the number of the channel.</param>
public sealed record CampaignSide(string Campaign, bool HeldOut, PaidArm Paid, IReadOnlyList<long> Sent);

/// <param name="Value">Of NPS answers 1, 0 or -1.</param>
public sealed record SaidCount(string Measure, StatusTag? Tag, int Value, long Count);

/// <param name="Nps">The mean of its answers; null without one.</param>
public sealed record HealthRow(StatusTag Tag, double Health, long Tickets, double? Nps);

/// <param name="Known">Tasks for customers at risk whose 30 days are over; Recovered are those of them who came back.</param>
public sealed record PersonFigures(
    string Person, long Decided, long Approved, double? MedianMinutes, long Tasks, long Known, long Recovered);

/// <param name="Tags">From the range's first day to its last that has begun.</param>
/// <param name="IsSample">Health was compared of some customers only.</param>
public sealed record ValueAnswer(
    AnalyticsFrame Frame, FittedModel? Model, IReadOnlyList<ProjectedCell> Projected, IReadOnlyList<PaidOnDay> Paid,
    IReadOnlyList<CampaignSide> Campaigns, SendCosts Costs, IReadOnlyList<SaidCount> Said, TagDays Tags, IReadOnlyList<HealthRow> Health,
    bool IsSample, IReadOnlyList<PersonFigures> People);

/// <summary>What customers are worth, and what is done for it.</summary>
public sealed class ValueReads(AnalyticsSnapshots snapshots, ValueFigures figures, RulebookSource rulebook)
{
    /// <summary>Revenue by status is of so many days.</summary>
    public const int RevenueDays = 30;

    private const int WholeTable = 100;

    public async Task<ValueAnswer> Of(DayRange range, CancellationToken cancel)
    {
        await figures.UpToDate(cancel);
        return await snapshots.Read(range, (connection, frame) => Read(connection, frame, cancel), cancel);
    }

    private async Task<ValueAnswer> Read(NpgsqlConnection connection, AnalyticsFrame frame, CancellationToken cancel)
    {
        var (range, calendar) = (frame.Range, rulebook.Current.Calendar);
        var (begin, end) = (calendar.StartOf(range.From), calendar.StartOf(range.To.AddDays(1)));
        var cells = await connection.Rows(
            "value_days_latest",
            row => new ProjectedCell(
                row.GetFieldValue<DateOnly>(0), StatusTags.Parse(row.GetString(1)), row.GetString(2), row.GetInt64(3), row.GetDouble(4),
                row.GetDouble(5), row.GetDouble(6)),
            cancel, range.UpTo(frame.Today).To);
        var paid = await connection.Rows(
            "value_paid_days",
            row => new PaidOnDay(row.GetString(0), row.GetFieldValue<DateOnly>(1), TagOrNull(row, 2), row.GetInt64(3)), cancel,
            range.Previous.From.AddDays(-RevenueDays), range.To);
        var sides = await connection.Rows(
            "value_campaigns",
            row => new CampaignSide(
                row.GetString(0), row.GetBoolean(1), new PaidArm(row.GetInt64(2), row.GetDouble(3), row.GetDouble(4)),
                row.GetFieldValue<long[]>(5)),
            cancel, range.From, range.To);
        var said = await connection.Rows(
            "value_said", row => new SaidCount(row.GetString(0), TagOrNull(row, 1), row.GetInt32(2), row.GetInt64(3)), cancel, range.From,
            range.To);
        var people = await connection.Rows(
            "value_people",
            row => new PersonFigures(
                row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetDouble(3), row.GetInt64(4),
                row.GetInt64(5), row.GetInt64(6)),
            cancel, begin, end, Db.Instant(frame.AsOf), ValueLimits.PeopleMax);
        var (health, isSample) = await Health(connection, begin, end, cancel);
        var begun = frame.Begun.Days > 0 ? frame.Begun : new DayRange(frame.Today, frame.Today);
        return new ValueAnswer(
            frame, await connection.LatestModel(cancel), cells, paid, sides, await CampaignCosts.Read(connection, cancel), said,
            await connection.Tags(begun, cancel), health, isSample, people);
    }

    private static async Task<(List<HealthRow> Rows, bool IsSample)> Health(
        NpgsqlConnection connection, DateTimeOffset begin, DateTimeOffset end, CancellationToken cancel)
    {
        var about = await connection.Value<long>("value_figures_estimate", cancel);
        var percent = about <= ValueLimits.ComparedCustomersMax ? WholeTable : (float)(100.0 * ValueLimits.ComparedCustomersMax / about);
        var rows = await connection.Rows(
            "value_health",
            row => new HealthRow(
                StatusTags.Parse(row.GetString(0)), row.GetDouble(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetDouble(3)),
            cancel, percent, 2 * ValueLimits.ComparedCustomersMax, begin, end);
        return (rows, percent < WholeTable);
    }

    private static StatusTag? TagOrNull(NpgsqlDataReader row, int column) =>
        row.GetString(column) is { Length: > 0 } tag ? StatusTags.Parse(tag) : null;
}
