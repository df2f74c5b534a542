-- Records what was done of the claimed shards; of one that is finished nobody needs the cursor, which is a customer's id.
UPDATE evaluation_batch_shards p
SET cursor = CASE WHEN done.finished THEN '' ELSE done.cursor END, evaluated = p.evaluated + done.evaluated, errors = p.errors + done.errors, reviews = p.reviews + done.reviews,
    finished_at = CASE WHEN done.finished THEN $7::timestamptz END
FROM unnest($2::smallint[], $3::text[], $4::int[], $5::int[], $6::int[], $8::boolean[]) AS done (shard, cursor, evaluated, errors, reviews, finished)
WHERE p.batch_id = $1 AND p.shard = done.shard
