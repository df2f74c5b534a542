-- Of everything that follows the log, the ledger or the clock: how much waits, up to a bound, and since when; null where nothing does.
SELECT 'due_checks', NULL::bigint,
    (SELECT min(earliest.next_check_at)
     FROM generate_series(0, $2 - 1) AS shard,
         LATERAL (SELECT s.next_check_at FROM customer_states s WHERE s.shard = shard.shard AND s.next_check_at <= $1 ORDER BY s.next_check_at LIMIT 1) AS earliest)
UNION ALL
SELECT 'daily_evaluation',
    coalesce(sum(greatest(b.total - (SELECT coalesce(sum(s.evaluated), 0) FROM evaluation_batch_shards s WHERE s.batch_id = b.id), 0)), 0)::bigint, min(b.due_at)
FROM evaluation_batches b
WHERE b.scope = 'daily' AND b.finished_at IS NULL AND b.due_at <= $1
UNION ALL
SELECT 'daily_rows', NULL,
    (SELECT recorded_at FROM activities WHERE xid >= (SELECT through FROM daily_metrics_progress) ORDER BY xid LIMIT 1)
UNION ALL
SELECT 'customer_figures', greatest((SELECT coalesce(max(id), 0) FROM customer_status_assignments) - p.ledger, 0),
    least(
        (SELECT recorded_at FROM activities WHERE xid >= p.through ORDER BY xid LIMIT 1),
        (SELECT at FROM customer_status_assignments WHERE id > p.ledger ORDER BY id LIMIT 1))
FROM customer_figures_progress p
UNION ALL
SELECT 'analytics', greatest((SELECT coalesce(max(id), 0) FROM customer_status_assignments) - p.ledger, 0),
    (SELECT at FROM customer_status_assignments WHERE id > p.ledger ORDER BY id LIMIT 1)
FROM analytics_progress p
UNION ALL
SELECT 'campaign_plans', count(*), min(waiting.at) FROM (SELECT at FROM campaign_causes WHERE planned_at IS NULL LIMIT $3) AS waiting
UNION ALL
SELECT 'campaign_actions', count(*), min(waiting.due_at)
FROM (SELECT due_at FROM campaign_actions WHERE status IN (0, 1) AND due_at <= $1 ORDER BY due_at LIMIT $3) AS waiting
