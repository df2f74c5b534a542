-- First states of new customers; the fence ends the commit when one of them exists already.
WITH written AS (
    INSERT INTO customer_states (customer_id, shard, version, tag, tag_since, next_check_at, state, recent_ids)
    SELECT * FROM unnest($1::text[], $2::smallint[], $3::bigint[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::bytea[], $8::bytea[])
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT lstep_fence((SELECT count(*) FROM written), $9)
