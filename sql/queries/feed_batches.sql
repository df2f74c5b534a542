-- The latest batches with their progress so far.
SELECT b.id, b.scope, b.started_at, b.finished_at, b.total,
    (SELECT coalesce(sum(s.evaluated), 0)::integer FROM evaluation_batch_shards s WHERE s.batch_id = b.id),
    (SELECT count(*)::integer FROM customer_status_assignments a WHERE a.batch_id = b.id),
    (SELECT coalesce(sum(s.reviews), 0)::integer FROM evaluation_batch_shards s WHERE s.batch_id = b.id),
    (SELECT coalesce(sum(s.errors), 0)::integer FROM evaluation_batch_shards s WHERE s.batch_id = b.id)
FROM evaluation_batches b
ORDER BY b.started_at DESC, b.id DESC
LIMIT $1
