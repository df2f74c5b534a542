DROP FUNCTION lstep_within(bytea, bytea, json, bytea, integer, bigint);
DROP TABLE kept_summaries, kept_bytes;
