-- Next states of known customers, each at the version it was made on; the fence ends the commit when one has moved on.
WITH written AS (
    UPDATE customer_states s
    SET version = n.version, tag = n.tag, tag_since = n.tag_since, state = n.state, recent_ids = n.recent_ids,
        next_check_at = CASE WHEN n.time_driven THEN n.next_check_at ELSE LEAST(s.next_check_at, n.next_check_at) END
    FROM (
        SELECT unnest($1::text[]) AS customer_id, unnest($2::bigint[]) AS expected, unnest($3::bigint[]) AS version, unnest($4::text[]) AS tag,
            unnest($5::timestamptz[]) AS tag_since, unnest($6::timestamptz[]) AS next_check_at, unnest($7::bytea[]) AS state, unnest($8::bytea[]) AS recent_ids,
            unnest($9::boolean[]) AS time_driven
    ) AS n
    WHERE s.customer_id = n.customer_id AND s.version = n.expected
    RETURNING 1
)
SELECT lstep_fence((SELECT count(*) FROM written), $10)
