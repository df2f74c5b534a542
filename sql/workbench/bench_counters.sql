-- Bytes written ahead since the server began, and of the states the rows written anew and those of them that changed no index.
SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint, n_tup_upd, n_tup_hot_upd
FROM pg_stat_user_tables
WHERE relid = 'customer_states'::regclass
