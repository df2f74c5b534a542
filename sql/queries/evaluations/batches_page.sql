-- Batches with their progress, newest first, from a place on.
SELECT b.id, b.scope, b.started_at, b.finished_at, b.total,
    (SELECT coalesce(sum(s.evaluated), 0)::integer FROM evaluation_batch_shards s WHERE s.batch_id = b.id),
    (SELECT count(*)::integer FROM customer_status_assignments a WHERE a.batch_id = b.id),
    (SELECT coalesce(sum(s.reviews), 0)::integer FROM evaluation_batch_shards s WHERE s.batch_id = b.id),
    (SELECT coalesce(sum(s.errors), 0)::integer FROM evaluation_batch_shards s WHERE s.batch_id = b.id),
    b.tag, b.unknown
FROM evaluation_batches b
WHERE ($1::timestamptz IS NULL OR (b.started_at, b.id) < ($1, $2::text)) AND ($3::text IS NULL OR b.id = $3)
ORDER BY b.started_at DESC, b.id DESC
LIMIT $4
