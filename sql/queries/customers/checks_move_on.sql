-- Stores the next check of customers for whom nothing came of the last one, unless they moved on meanwhile.
UPDATE customer_states s
SET next_check_at = found.next_check_at
FROM unnest($1::text[], $2::bigint[], $3::timestamptz[]) AS found (customer_id, version, next_check_at)
WHERE s.customer_id = found.customer_id AND s.version = found.version
