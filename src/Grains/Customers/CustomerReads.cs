using LStep.Domain;
using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains.Database;
using LStep.Grains.Reviews;
using LStep.Grains.Time.Daily;
using LStep.Grains.Transitions;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Customers;

/// <summary>A null field lets every customer pass. Search is a part of id, email or name.</summary>
public sealed record CustomerFilter(StatusTag? Tag = null, string? Tier = null, string? Search = null);

public sealed record DailyMetricsRow(
    DateOnly Date, int SessionsCount, decimal TotalSessionMinutes, int PagesViewed, int FeaturesUsed, int LessonsCompleted, int AssessmentsTaken,
    decimal? AssessmentAvgScore, int ModulesCompleted, int ForumPosts, int CommentsMade, int QuestionsAsked, int AnswersGiven, int EngagementScore,
    int ProgressScore, int CommunityScore, int OverallHealthScore, string ScoreTrend, string[] RiskIndicators)
{
    public static DailyMetricsRow Of(DailyRow row) => new(
        row.Date, row.SessionsCount, row.TotalSessionMinutes, row.PagesViewed, row.FeaturesUsed, row.LessonsCompleted, row.AssessmentsTaken,
        row.AssessmentAvgScore, row.ModulesCompleted, row.ForumPosts, row.CommentsMade, row.QuestionsAsked, row.AnswersGiven, row.EngagementScore,
        row.ProgressScore, row.CommunityScore, row.OverallHealthScore, Trends.Name(row.ScoreTrend), [.. Indicators.Names(row.RiskIndicators)]);
}

public sealed record DecisionRow(string CustomerId, int Number, DateTimeOffset At, string Record);

/// <summary>What the API reads about customers beside what their grains know.</summary>
public sealed class CustomerReads(PostgresDatabase database)
{
    /// <summary>Customers with an id after another, in the order of ids.</summary>
    public Task<List<StoredCustomer>> Page(string after, CustomerFilter filter, int rowsMax, CancellationToken cancel)
    {
        object[] values = [after, Db.Text(filter.Tier), Db.Text(filter.Search is { } text ? $"%{Literally(text)}%" : null), rowsMax];
        return database.Use(
            connection => filter.Tag is { } tag
                ? connection.Rows("customers_page_of_tag", StoredCustomer.Read, cancel, [.. values, tag.Code()])
                : connection.Rows("customers_page", StoredCustomer.Read, cancel, values),
            cancel);
    }

    public Task<bool> Exists(string id, CancellationToken cancel) =>
        database.Use(connection => connection.Value<bool>("customer_exists", cancel, id), cancel);

    /// <summary>Newest first.</summary>
    public Task<List<LedgerRow>> Ledger(string id, int rowsMax, CancellationToken cancel) =>
        database.Use(connection => connection.Rows("ledger_of_customer", LedgerRow.Read, cancel, id, rowsMax), cancel);

    public async Task<ReviewRecord?> OpenReview(string id, CancellationToken cancel) =>
        (await database.Use(connection => connection.Rows("review_open_of_customer", ReviewRecord.Read, cancel, id), cancel)).SingleOrDefault();

    public async Task<DecisionRow?> Decision(string id, int number, CancellationToken cancel) =>
        (await database.Use(
            connection => connection.Rows("decision", row => new DecisionRow(id, number, row.Instant(0), row.GetString(1)), cancel, id, number), cancel))
        .SingleOrDefault();

    /// <summary>Both days included.</summary>
    public Task<List<DailyMetricsRow>> DailyRows(string id, DateOnly from, DateOnly to, CancellationToken cancel) => database.Use(
        connection => connection.Rows("daily_rows", DailyRowOf, cancel, id, DateOf(from), DateOf(to)), cancel);

    private static NpgsqlParameter DateOf(DateOnly day) => new() { NpgsqlDbType = NpgsqlDbType.Date, Value = day };

    private static string Literally(string text) => text.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_");

    private static DailyMetricsRow DailyRowOf(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetDecimal(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
        row.DecimalOrNull(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10), row.GetInt32(11), row.GetInt32(12), row.GetInt32(13),
        row.GetInt32(14), row.GetInt32(15), row.GetInt32(16), row.GetString(17), row.GetFieldValue<string[]>(18));
}
