-- First states of new customers; the fence ends the commit when one of them exists already.
WITH written AS (
    INSERT INTO customer_states (customer_id, shard, version, tag, tag_since, next_check_at, state, recent_ids)
    SELECT unnest($1::text[]), unnest($2::smallint[]), unnest($3::bigint[]), unnest($4::text[]), unnest($5::timestamptz[]),
        unnest($6::timestamptz[]), unnest($7::bytea[]), unnest($8::bytea[])
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT lstep_fence((SELECT count(*) FROM written), $9)
