using LStep.Domain.Deciding;
using LStep.Domain.Measuring;
using LStep.Grains.Customers;
using LStep.Grains.Database;
using LStep.Grains.Time.Daily;
using Npgsql;

namespace LStep.Grains.Operations.Verifying;

public sealed record LedgerEntry(
    string CustomerId, int Number, StatusTag? From, StatusTag To, DateTimeOffset DueAt, bool IsCurrent, DateTimeOffset? ValidUntil)
{
    public static LedgerEntry Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.TextOrNull(2) is { } from ? StatusTags.Parse(from) : null,
        StatusTags.Parse(row.GetString(3)), row.Instant(4), row.GetBoolean(5), row.InstantOrNull(6));
}

/// <summary>Everything stored about one customer, read in one snapshot.</summary>
/// <param name="IsCut">Months of its log are gone: it cannot be counted again.</param>
public sealed record StoredAll(
    StoredCustomer Customer, string TagColumn, DateTimeOffset TagSinceColumn, short Shard, DateTimeOffset EnrolledAt,
    IReadOnlyList<LogEntry> Log, IReadOnlyList<LedgerEntry> Ledger, IReadOnlyList<(int Number, string Record)> Decisions,
    IReadOnlyList<Guid> OpenReviews, IReadOnlyList<DailyRow> Daily, bool DailyFollowed, bool IsCut = false)
{
    /// <summary>The next page of customers after an id, in a transaction that sees one moment.</summary>
    public static async Task<List<StoredAll>> Page(NpgsqlConnection connection, string after, CancellationToken cancel)
    {
        var rows = await connection.Rows("verify_customers",
            r => (
                Customer: StoredCustomer.Read(r), Tag: r.GetString(19), Since: r.Instant(20), Shard: r.GetInt16(21),
                Enrolled: r.Instant(22)),
            cancel, after, OperationsLimits.CustomersPerVerifiedPageMax, CustomerLimits.BytesPerCustomerMax);
        string[] ids = [.. rows.Select(r => r.Customer.Id)];
        var through = await DailyRows.Through(connection, cancel);
        // A transaction of this server that the snapshot sees lies before its horizon; what lies after it came with a dump
        // and was followed there.
        var horizon = await DailyRows.Target(connection, cancel);
        var log = (await connection.Rows("activities_of", LogEntry.Read, cancel, Db.Texts(ids))).ToLookup(l => l.CustomerId);
        var cut = (await connection.Rows("verify_cut", r => r.GetString(0), cancel, Db.Texts(ids))).ToHashSet(StringComparer.Ordinal);
        var ledger = (await connection.Rows("verify_ledger", LedgerEntry.Read, cancel, Db.Texts(ids))).ToLookup(l => l.CustomerId);
        var decisions = (await connection.Rows(
            "verify_decisions", r => (Id: r.GetString(0), Number: r.GetInt32(1), Record: r.GetString(2)), cancel, Db.Texts(ids)))
            .ToLookup(d => d.Id);
        var reviews = (await connection.Rows("verify_reviews", r => (Id: r.GetString(0), Review: r.GetGuid(1)), cancel, Db.Texts(ids)))
            .ToLookup(r => r.Id, r => r.Review);
        var daily = (await connection.Rows("verify_daily", r => (Id: r.GetString(0), Row: ReadDaily(r)), cancel, Db.Texts(ids)))
            .ToLookup(d => d.Id, d => d.Row);
        return [.. rows.Select(r => new StoredAll(
            r.Customer, r.Tag, r.Since, r.Shard, r.Enrolled, [.. log[r.Customer.Id]], [.. ledger[r.Customer.Id]],
            [.. decisions[r.Customer.Id].Select(d => (d.Number, d.Record))], [.. reviews[r.Customer.Id]], [.. daily[r.Customer.Id]],
            log[r.Customer.Id].All(l => l.TransactionId < through || l.TransactionId >= horizon), cut.Contains(r.Customer.Id)))];
    }

    private static DailyRow ReadDaily(NpgsqlDataReader row) => new()
    {
        Date = row.GetFieldValue<DateOnly>(1),
        SessionsCount = row.GetInt32(2),
        TotalSessionMinutes = row.GetDecimal(3),
        PagesViewed = row.GetInt32(4),
        FeaturesUsed = row.GetInt32(5),
        LessonsCompleted = row.GetInt32(6),
        AssessmentsTaken = row.GetInt32(7),
        AssessmentAvgScore = row.DecimalOrNull(8),
        ModulesCompleted = row.GetInt32(9),
        ForumPosts = row.GetInt32(10),
        CommentsMade = row.GetInt32(11),
        QuestionsAsked = row.GetInt32(12),
        AnswersGiven = row.GetInt32(13),
        EngagementScore = row.GetInt32(14),
        ProgressScore = row.GetInt32(15),
        CommunityScore = row.GetInt32(16),
        OverallHealthScore = row.GetInt32(17),
        ScoreTrend = Enum.GetValues<Trend>().First(t => Trends.Name(t) == row.GetString(18)),
        RiskIndicators = row.GetFieldValue<string[]>(19).Aggregate(default(RiskIndicators),
            (raised, name) =>
                Indicators.TryParse(name, out var one) ? raised | one : throw new FormatException($"'{name}' is no risk indicator.")),
        Activities = row.GetInt32(20),
        MobileActivities = row.GetInt32(21),
        VideoActivities = row.GetInt32(22),
    };
}
