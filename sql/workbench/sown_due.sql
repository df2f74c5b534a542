-- How many customers have a check up to an instant, by the index that shards ask.
SELECT count(*) FROM customer_states WHERE shard = ANY (ARRAY(SELECT generate_series(0, 63)::smallint)) AND next_check_at <= $1
