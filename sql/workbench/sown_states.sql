-- Packed states, as many as there are copies.
COPY customer_states (customer_id, shard, version, tag, tag_since, next_check_at, state, recent_ids) FROM STDIN (FORMAT BINARY)
