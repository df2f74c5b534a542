-- Next states of known customers, each at the version it was made on; the fence ends the commit when one has moved on.
WITH written AS (
    UPDATE customer_states s
    SET version = n.version, tag = n.tag, tag_since = n.tag_since, state = n.state, recent_ids = n.recent_ids,
        next_check_at = CASE WHEN n.time_driven THEN n.next_check_at ELSE LEAST(s.next_check_at, n.next_check_at) END
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bytea[], $8::bytea[], $9::boolean[])
        AS n (customer_id, expected, version, tag, tag_since, next_check_at, state, recent_ids, time_driven)
    WHERE s.customer_id = n.customer_id AND s.version = n.expected
    RETURNING 1
)
SELECT lstep_fence((SELECT count(*) FROM written), $10)
