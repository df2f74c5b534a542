-- Remembers the starts that daily rows were computed with.
INSERT INTO daily_metrics_starts (customer_id, start) SELECT * FROM unnest($1::text[], $2::date[])
ON CONFLICT (customer_id) DO UPDATE SET start = excluded.start
