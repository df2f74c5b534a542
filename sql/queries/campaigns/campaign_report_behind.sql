-- Whether the daily rows lack entries of the log of before an instant, on which conversions may lie: the first of those that wait are looked at.
SELECT coalesce((SELECT min(occurred_at) FROM (
    SELECT occurred_at FROM activities WHERE xid >= (SELECT through FROM daily_metrics_progress) ORDER BY xid LIMIT 10000) AS waiting) < $1, false)
