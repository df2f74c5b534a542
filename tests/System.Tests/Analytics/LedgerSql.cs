namespace LStep.System.Tests.Analytics;

/// <summary>
/// What the day tables have to say, in SQL over ledger, reviews and profiles, written without a look at how they are kept. Each answers
/// (day, tier, from_tag, to_tag, value, count) in UTC.
/// </summary>
internal static class LedgerSql
{
    /// <summary>The rows that count as moves, with tier and start of their customers; nulls where the person was erased.</summary>
    private const string Moves = """
        WITH start AS (SELECT customer_id, coalesce(tier, '') AS tier, coalesce(starts_at_trait, enrolled_at) AS at FROM customers),
        rows AS (
            SELECT l.*, coalesce(s.tier, '') AS tier, s.at AS started, l.undone_at IS NULL AND l.kind <> 6 AS stands,
                l.undone_at IS NULL AND l.kind IN (1, 3, 4, 5) AS counts, (l.due_at AT TIME ZONE 'UTC')::date AS day
            FROM customer_status_assignments l LEFT JOIN start s USING (customer_id)
        ),
        asked AS (
            SELECT v.*, coalesce(s.tier, '') AS tier, (opened_at AT TIME ZONE 'UTC')::date AS opened,
                (decided_at AT TIME ZONE 'UTC')::date AS ended, floor(extract(epoch FROM decided_at - opened_at) / 60)::integer AS minutes
            FROM reviews v LEFT JOIN start s USING (customer_id)
        )
        """;

    public static Dictionary<string, string> OfMeasure { get; } = new()
    {
        ["moved"] = Moves + """
            SELECT day, tier, coalesce(previous_tag, ''), tag, 0, count(*) FROM rows GROUP BY 1, 2, 3, 4
            UNION ALL
            SELECT (e.erased_at AT TIME ZONE 'UTC')::date, '', l.tag, '', 0, count(*)
            FROM erasures e JOIN customer_status_assignments l ON l.customer_id = e.alias
            WHERE l.number = (SELECT max(number) FROM customer_status_assignments m WHERE m.customer_id = e.alias) GROUP BY 1, 3
            """,
        ["flow"] = Moves + """
            SELECT day, tier, previous_tag, tag, kind::integer, count(*) FROM rows WHERE counts
            GROUP BY 1, 2, 3, 4, 5
            """,
        ["undone"] = Moves + "SELECT day, tier, '', '', 0, count(*) FROM rows WHERE kind = 6 GROUP BY 1, 2",
        ["automatic"] =
            Moves + "SELECT day, tier, '', '', 0, count(*) FROM rows WHERE kind = 1 GROUP BY 1, 2",
        ["automatic_wrong"] = Moves + """
            SELECT r.day, tier, '', '', 0, count(*) FROM rows r
            WHERE kind = 1 AND (undone_at <= due_at + interval '14 days' OR EXISTS (
                SELECT FROM rows o WHERE o.customer_id = r.customer_id AND o.kind = 5 AND o.stands
                AND o.due_at <= r.due_at + interval '14 days' AND o.number > r.number AND NOT EXISTS (
                    SELECT FROM rows b WHERE b.customer_id = r.customer_id AND b.stands AND b.number > r.number AND b.number < o.number)))
            GROUP BY 1, 2
            """,
        ["velocity"] = Moves + """
            SELECT day, tier, '', '', greatest(0, floor(extract(epoch FROM due_at - started) / 60))::integer, count(*)
            FROM (SELECT DISTINCT ON (customer_id) * FROM rows WHERE counts AND tag = 'ST_002' ORDER BY customer_id, number) f
            WHERE started IS NOT NULL GROUP BY 1, 2, 5
            """,
        ["mastery_due"] = Moves
            + "SELECT (at + interval '60 days')::date, tier, '', '', 0, count(*) FROM start GROUP BY 1, 2",
        ["mastery_made"] = Moves + """
            SELECT (s.at + interval '60 days')::date, s.tier, '', '', 0, count(*) FROM start s
            WHERE EXISTS (SELECT FROM rows r WHERE r.customer_id = s.customer_id AND counts AND tag = 'ST_003'
                AND due_at <= s.at + interval '60 days')
            GROUP BY 1, 2
            """,
        ["recovery_due"] = Moves + """
            SELECT (due_at + interval '30 days')::date, tier, '', '', 0, count(*) FROM rows WHERE counts AND tag = 'ST_004' GROUP BY 1, 2
            """,
        ["recovery_made"] = Moves + """
            SELECT (due_at + interval '30 days')::date, tier, '', '', 0, count(*) FROM rows r WHERE counts AND tag = 'ST_004' AND EXISTS (
                SELECT FROM rows b WHERE b.customer_id = r.customer_id AND b.counts AND b.tag IN ('ST_001', 'ST_002')
                AND b.number > r.number AND b.due_at <= r.due_at + interval '30 days')
            GROUP BY 1, 2
            """,
        ["review_opened"] = Moves + "SELECT opened, tier, '', '', 0, count(*) FROM asked GROUP BY 1, 2",
        ["review_approved"] = Moves
            + "SELECT ended, tier, '', '', minutes, count(*) FROM asked WHERE status = 'approved' GROUP BY 1, 2, 5",
        ["review_rejected"] = Moves
            + "SELECT ended, tier, '', '', minutes, count(*) FROM asked WHERE status = 'rejected' GROUP BY 1, 2, 5",
        ["review_expired"] = Moves
            + "SELECT ended, tier, '', '', minutes, count(*) FROM asked WHERE close_reason = 'review_expired' GROUP BY 1, 2, 5",
        ["cohort"] = Moves + """
            SELECT date_trunc('month', started AT TIME ZONE 'UTC')::date, tier, coalesce(previous_tag, ''), tag,
                greatest(0, (extract(year FROM due_at AT TIME ZONE 'UTC') - extract(year FROM started AT TIME ZONE 'UTC')) * 12
                    + extract(month FROM due_at AT TIME ZONE 'UTC') - extract(month FROM started AT TIME ZONE 'UTC'))::integer, count(*)
            FROM rows WHERE started IS NOT NULL GROUP BY 1, 2, 3, 4, 5
            """,
    };

    /// <summary>The same of the day tables, over all levels.</summary>
    public const string Counted = """
        SELECT day, tier, from_tag, to_tag, value, sum(count)::bigint FROM analytics_days WHERE measure = $1
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) <> 0
        """;

    /// <summary>Customers of whom the mean daily engagement of the first 28 days is to be compared, where these are over.</summary>
    public const string Levels = """
        SELECT c.customer_id, CASE WHEN s.mean < 30 THEN 'low' WHEN s.mean < 70 THEN 'medium' ELSE 'high' END
        FROM customers c CROSS JOIN LATERAL (
            SELECT coalesce(sum(engagement_score), 0) / 28.0 AS mean FROM daily_learning_metrics d WHERE d.customer_id = c.customer_id
            AND d.date >= (coalesce(starts_at_trait, enrolled_at) AT TIME ZONE 'UTC')::date
            AND d.date < (coalesce(starts_at_trait, enrolled_at) AT TIME ZONE 'UTC')::date + 28) AS s
        WHERE (coalesce(starts_at_trait, enrolled_at) AT TIME ZONE 'UTC')::date + 28 <= $1 ORDER BY 1
        """;
}
