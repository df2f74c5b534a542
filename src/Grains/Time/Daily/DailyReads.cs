using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains.Database;
using Npgsql;
using NpgsqlTypes;

namespace LStep.Grains.Time.Daily;

public sealed record DailyMetricsRow(
    DateOnly Date, int SessionsCount, decimal TotalSessionMinutes, int PagesViewed, int FeaturesUsed, int LessonsCompleted,
    int AssessmentsTaken, decimal? AssessmentAvgScore, int ModulesCompleted, int ForumPosts, int CommentsMade, int QuestionsAsked,
    int AnswersGiven, int EngagementScore, int ProgressScore, int CommunityScore, int OverallHealthScore, string ScoreTrend,
    string[] RiskIndicators)
{
    public static DailyMetricsRow Of(DailyRow row) => new(
        row.Date, row.SessionsCount, row.TotalSessionMinutes, row.PagesViewed, row.FeaturesUsed, row.LessonsCompleted, row.AssessmentsTaken,
        row.AssessmentAvgScore, row.ModulesCompleted, row.ForumPosts, row.CommentsMade, row.QuestionsAsked, row.AnswersGiven,
        row.EngagementScore, row.ProgressScore, row.CommunityScore, row.OverallHealthScore, Trends.Name(row.ScoreTrend),
        [.. Indicators.Names(row.RiskIndicators)]);
}

/// <summary>Stored daily rows, as the API shows them.</summary>
public sealed class DailyReads(PostgresDatabase database)
{
    /// <summary>Both days included.</summary>
    public Task<List<DailyMetricsRow>> Between(string id, DateOnly from, DateOnly to, CancellationToken cancel) => database.People.Use(
        connection => connection.Rows("daily_rows", DailyRowOf, cancel, id, DateOf(from), DateOf(to)), cancel);

    private static NpgsqlParameter DateOf(DateOnly day) => new() { NpgsqlDbType = NpgsqlDbType.Date, Value = day };

    private static DailyMetricsRow DailyRowOf(NpgsqlDataReader row) => new(
        row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetDecimal(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5),
        row.GetInt32(6), row.DecimalOrNull(7), row.GetInt32(8), row.GetInt32(9), row.GetInt32(10), row.GetInt32(11), row.GetInt32(12),
        row.GetInt32(13), row.GetInt32(14), row.GetInt32(15), row.GetInt32(16), row.GetString(17), row.GetFieldValue<string[]>(18));
}
