-- Figures of the whole installation: the earliest check that is still to be made, open reviews, the earliest entry of the log that the daily rows lack, the earliest action that is still to be sent.
SELECT
    (SELECT min(earliest.next_check_at)
     FROM generate_series(0, $1 - 1) AS shard,
         LATERAL (SELECT s.next_check_at FROM customer_states s WHERE s.shard = shard.shard AND s.next_check_at IS NOT NULL ORDER BY s.next_check_at LIMIT 1) AS earliest),
    (SELECT count(*) FROM reviews WHERE status = 'open'),
    (SELECT recorded_at FROM activities WHERE xid >= (SELECT through FROM daily_metrics_progress) ORDER BY xid LIMIT 1),
    (SELECT due_at FROM campaign_actions WHERE status IN (0, 1) ORDER BY due_at LIMIT 1)
